"""Kent IRO annual report 2017/18 (seed 003): 226 children are placed out of county, of the 1653 in care."""
import unittest

from service import DAY, PublishedTest, Service, date

AS_AT = date("2018-03-31")
CHILDREN, OUTSIDE = 1653, 226
INSIDE_POSTCODES = ("CT1 2AB", "me14 1xx", "TN231PQ", "DA11 0AB")
OUTSIDE_POSTCODES = ("CR0 2AB", "M1 2AB", "BN1 1AA", "W1A 1AA")
RULE, MEASURE = "kent-placed-out-of-county", "placed-out-of-county"


def kent():
    service = Service()
    for n in range(CHILDREN):
        child = service.child(date("2006-02-01"))
        start = date("2016-09-01") + (n % 300) * DAY
        care = service.care(child, start)["clae_cla_id"]
        postcodes = OUTSIDE_POSTCODES if n < OUTSIDE else INSIDE_POSTCODES
        service.placement(child, start, care=care)["clap_cla_placement_postcode"] = postcodes[n % 4]
    return service


class KentOutOfCounty(PublishedTest):
    def test_children_out_of_county(self):
        measure = self.measures(kent(), AS_AT, "iro-kent")(MEASURE)
        self.assertEqual(measure.met_of(), (OUTSIDE, CHILDREN))
        self.assertEqual(len(self.findings(RULE)), OUTSIDE)

    def test_what_cannot_be_read_is_undecided(self):
        service = kent()
        placements = service.tables["ssd_cla_placement"]
        placements[0]["clap_cla_placement_postcode"] = "near Croydon"
        placements[1]["clap_cla_placement_start_date"] = "31/02/2018"
        placements[2]["clap_cla_placement_postcode"] = None
        measure = self.measures(service, AS_AT, "iro-kent")(MEASURE)
        self.assertEqual((measure()["population"], measure()["met"], measure()["undecided"]),
                         (CHILDREN - 1, OUTSIDE - 3, 2))
        self.assertEqual(len(self.findings(RULE)), OUTSIDE - 3)

    def test_without_areas_of_its_own_an_authority_has_no_figure(self):
        self.assertEqual(self.measures(kent(), AS_AT)(MEASURE).population(), 0)


if __name__ == "__main__":
    unittest.main()
