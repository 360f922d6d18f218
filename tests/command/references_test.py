"""Fields that are derived from reference tables and from other tables, and codes in small letters."""
import unittest

import returns
from command import CommandTest, rule, subjects

POSTCODES = """pcd7,pcds,oslaua,oscty,oseast1m,osnrth1m
"AB1 1AA","AB1 1AA",S12000033,S99999999,300000,800000
"B1  1AA","B1 1AA",E08000025,E99999999,400000,300000
"B1  1AB","B1 1AB",E07000240,E10000015,400000,301609
"BT1 1AA","BT1 1AA",N09000003,N99999999,,
"""
EPISODE = "{0},01/05/2025,S,C2,N1,U1,PR1,,,,{1},{2},1234567"
NEEDS = {"454": "PL_DISTANCE", "169": "PL_LA", "179": "PL_LOCATION"}


class Postcodes(CommandTest):
    identifiable = True
    def setUp(self):
        super().setUp()
        self.postcodes = self.folder / "onspd.csv"
        self.postcodes.write_text(POSTCODES)
        self.input = self.extract(episodes=[
            EPISODE.format("far", "AB1 1AA", "b11aa"), EPISODE.format("near", "B1 1AA", "B1 1AB"),
            EPISODE.format("none", "B1 1AA", "ZZ1 1ZZ"), EPISODE.format("nowhere", "B1 1AA", "BT1 1AA"), EPISODE.format("blank", "", "")])

    def judge(self, identifier, *arguments, **options):
        document = self.audit(self.input, "--rule", identifier, *arguments, **options)
        return rule(document, identifier), {f["case"] for f in document["findings"]}, document

    def test_without_the_table_the_reason_says_what_to_give(self):
        for identifier, column in NEEDS.items():
            judged, _, _ = self.judge(identifier)
            self.assertEqual(judged["status"], "skipped")
            self.assertIn(f"column {column} of table Episodes", judged["reason"])
            self.assertIn("--reference postcodes=FILE (ONS Postcode Directory, geoportal.statistics.gov.uk)", judged["reason"])

    def test_a_table_without_a_row_is_told(self):
        self.postcodes.write_text(POSTCODES.splitlines()[0] + "\n")
        _, found, document = self.judge("392a", "--reference", f"postcodes={self.postcodes}")
        self.assertEqual(found, {"far", "near", "none", "nowhere", "blank"})
        (note,) = [note for note in document["run"]["notes"] if "reference table" in note]
        self.assertIn("onspd.csv: no row of the reference table postcodes could be taken", note)
        self.postcodes.write_text(POSTCODES)
        document = self.judge("392a", "--reference", f"postcodes={self.postcodes}")[2]
        self.assertFalse([note for note in document["run"]["notes"] if "reference table" in note])

    def test_distance_in_miles_to_one_decimal(self):
        judged, found, document = self.judge("454", "--reference", f"postcodes={self.postcodes}", "--set", "distance_plausible=300", status=0)
        self.assertEqual((judged["status"], judged["population"], found), ("ran", 2, {"far"}))
        self.assertEqual(document["findings"][0]["records"][0]["fields"]["PL_DISTANCE"], "316.8")
        judged, found, _ = self.judge("454", "--reference", f"postcodes={self.postcodes}", "--set", "distance_plausible=0")
        self.assertEqual(found, {"far", "near"})

    def test_a_distance_that_is_not_known_is_missing(self):
        _, found, _ = self.judge("392a", "--reference", f"postcodes={self.postcodes}")
        self.assertEqual(found, {"none", "nowhere", "blank"})

    def test_authority_is_the_county_where_there_is_one(self):
        _, found, document = self.judge("1015", "--reference", f"postcodes={self.postcodes}", "--set", "local_authority=E10000015")
        shown = {f["case"]: f["records"][0]["fields"].get("PL_LA") for f in document["findings"]}
        self.assertNotIn("near", found)
        if found:
            self.assertEqual(shown.get("far"), "E08000025")

    def test_location_needs_to_know_who_makes_the_return(self):
        judged, _, _ = self.judge("411", "--reference", f"postcodes={self.postcodes}")
        self.assertEqual(judged["status"], "skipped")
        self.assertIn("--set local_authority=VALUE", judged["reason"])
        judged, found, _ = self.judge("411", "--reference", f"postcodes={self.postcodes}", "--set", "local_authority=E08000025")
        self.assertEqual((judged["status"], judged["population"], found), ("ran", 1, set()))

    def test_the_extracts_own_column_wins(self):
        columns = "CHILD,DECOM,LS,PLACE,HOME_POST,PL_POST,PL_DISTANCE,PL_LA,PL_LOCATION"
        (self.input / "episodes.csv").write_text(f"{columns}\nown,01/05/2025,C2,U1,AB1 1AA,B1 1AA,999,,\n")
        _, found, document = self.judge("454", "--reference", f"postcodes={self.postcodes}")
        self.assertEqual((found, document["findings"][0]["records"][0]["fields"]["PL_DISTANCE"]), ({"own"}, "999"))
        _, found, _ = self.judge("169", "--reference", f"postcodes={self.postcodes}")
        self.assertEqual(found, {"own"})

    def test_each_year_on_its_own(self):
        prior = self.extract("prior", episodes=[EPISODE.format("far", "AB1 1AA", "B1 1AB")])
        (self.input / "episodes.csv").write_text(
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN,PL_DISTANCE\n"
            + EPISODE.format("far", "AB1 1AA", "B1 1AA") + ",1\n")
        judged, _, document = self.judge("453", "--prior", prior, "--reference", f"postcodes={self.postcodes}")
        self.assertEqual(judged["status"], "ran", judged["reason"])



class ProviderList(CommandTest):
    def note(self, numbers, listed):
        """The note about a list of providers, of episodes that name these; none is None."""
        providers = self.folder / "providers.csv"
        providers.write_text("URN,PLACE_CODES\n" + "".join(f"{number},K2\n" for number in listed))
        source = self.extract(episodes=[f"{i},01/05/2025,S,C2,N1,K2,PR1,,,,,,{number}" for i, number in enumerate(numbers)])
        document = self.audit(source, "--rule", "1008", "--reference", f"provider_info={providers}", "--fail-on", "never", status=0)
        notes = [note for note in document["run"]["notes"] if "looked up" in note]
        self.assertLess(len(notes), 2)
        return notes[0] if notes else None

    def test_a_list_in_which_nothing_is_found_is_told(self):
        numbers = [f"SC{100_000 + i}" for i in range(30)]
        note = self.note(numbers, [number.lower() for number in numbers])
        self.assertIn("providers.csv: of 30 different URN of episodes.csv that were looked up in it none is there", note)
        self.assertIn("writes URN as the extract does", note)
        self.assertNotIn("100", note)
        self.assertIn("only 3 are there", self.note(numbers, numbers[:3]))
        self.assertIsNone(self.note(numbers, numbers[:4]))
        self.assertIsNone(self.note(numbers[:19], ["SC1"]), "too few to tell")


class Providers(CommandTest):
    identifiable = True
    ROWS = [["Children's homes, as at 31 August 2025"], [],
            ["URN", "Placement code", "Provider code", "Closed date", "Post code", "Local authority", "Local authority code"],
            [1234567, "U1,K2", "PR4", returns.Serial(45717), "AB1 1AA", "Somewhere", "E06000001"],
            ["SC7654321", "K1", "PR1", None, "B1 1AA", "Elsewhere", "E06000002"]]
    INPUT = [EPISODE.format("A", "B1 1AA", "AB1 1AA"), EPISODE.format("B", "B1 1AA", "B1 1AA").replace("1234567", "SC7654321"),
             EPISODE.format("C", "B1 1AA", "B1 1AA").replace("1234567", "9999999")]

    def test_a_workbook_with_a_title_and_a_cover(self):
        path = self.folder / "providers.xlsx"
        path.write_bytes(returns.to_workbook({"Cover": [["About", "this list"], ["See", "notes"]], "List": self.ROWS}))
        extract = self.extract(episodes=self.INPUT)
        document = self.audit(extract, "--reference", f"provider_info={path}")
        self.assertEqual(document["rejected"], [])
        found = {i: {f["case"] for f in document["findings"] if f["rule"] == i} for i in ("1008", "219", "221", "224", "227")}
        self.assertEqual(found["1008"], {"C"})      # not on the list
        self.assertEqual(found["219"], {"B"})       # U1 is not what a children's home offers
        self.assertEqual(found["227"], {"A"})       # closed on 1 March 2025
        self.assertIn("A", found["224"])

    def test_without_it_the_reason_says_where_it_is_published(self):
        document = self.audit(self.extract(episodes=self.INPUT), "--rule", "1008")
        self.assertIn("--reference provider_info=FILE (Ofsted's list", rule(document, "1008")["reason"])


class Uasc(CommandTest):
    identifiable = True
    def test_status_comes_from_the_uasc_table_without_a_column(self):
        extract = self.extract(header=["A,M,01/01/2015,WBRI,,0,", "B,M,01/01/2015,WBRI,,0,"])
        (extract / "uasc.csv").write_text("CHILD,SEX,DOB,DUC\nA,M,01/01/2015,\n")
        document = self.audit(extract, "--rule", "231", "--identifiable")
        self.assertEqual({f["case"] for f in document["findings"]}, {"A"})
        self.assertEqual(document["findings"][0]["records"][0]["fields"]["UASC"], "1")
        document = self.audit(extract, "--rule", "105")
        self.assertEqual((rule(document, "105")["population"], rule(document, "105")["failed"]), (2, 0))

    def test_the_column_wins(self):
        extract = self.extract(header=b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,UASC\nA,M,01/01/2015,WBRI,,0,,0\nB,M,01/01/2015,WBRI,,0,,\n")
        (extract / "uasc.csv").write_text("CHILD,SEX,DOB,DUC\nA,M,01/01/2015,\nB,M,01/01/2015,\n")
        self.assertEqual(self.audit(extract, "--rule", "231")["findings"], [])
        self.assertEqual({f["case"] for f in self.audit(extract, "--rule", "105")["findings"]}, {"B"})

    def test_without_column_and_table_nothing_is_known(self):
        document = self.audit(self.extract(header=["A,M,01/01/2015,WBRI,,0,"]), "--rule", "105")
        self.assertEqual(rule(document, "105")["status"], "skipped")
        self.assertIn("column UASC of table Header; give table UASC", rule(document, "105")["reason"])


class Codes(CommandTest):
    identifiable = True
    def test_small_letters_and_spaces_do_not_count(self):
        rows = ["A,01/05/2025, s ,c2,n1,u1,pr1,02/06/2025,e4a,,AB1 2CD,AB1 3CD,1234567", "B,01/05/2025,q,c2,n1,u1,pr1,,,,AB1 2CD,AB1 3CD,1234567"]
        document = self.audit(self.extract(episodes=rows), "--rule", "143", "--rule", "144", "--rule", "149")
        self.assertEqual(subjects(document, "143"), {("Episodes", 2)})
        self.assertEqual(document["findings"][0]["records"][0]["fields"]["RNE"], "q")
        self.assertEqual(subjects(document, "144") | subjects(document, "149"), set())

    def test_they_are_judged_as_the_code_and_shown_as_written(self):
        # Rule 148 wants both or neither; 1015 compares codes with literals.
        row = "A,01/05/2025,s,v3,n1,u1,pr1,,,,AB1 2CD,AB1 3CD,1234567"
        document = self.audit(self.extract(episodes=[row]), "--rule", "214")
        self.assertEqual(subjects(document, "214"), {("Episodes", 1)})
        self.assertEqual(document["findings"][0]["records"][0]["fields"]["LS"], "v3")


if __name__ == "__main__":
    unittest.main()
