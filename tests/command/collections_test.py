"""The collection year chooses the pack, and with it the dates and the rules in force."""
import unittest

from command import CommandTest

LATER = {"231", "232", "233", "234", "348", "444", "454", "SW01aSTG1", "SW01bSTG1", "SW17STG2"}
OF_2025_26 = {"233", "234", "348", "444", "454", "SW17STG2"}


class Collections(CommandTest):
    identifiable = True
    def return_of(self, began):
        return self.extract(episodes=[f"A,{began},S,C2,N1,Z1,,,,OTHER,,,", "B,31/03/2024,S,C2,N1,U1,PR1,,,,,,"])

    def out_of_force(self, document):
        return {rule["rule"]: rule["reason"] for rule in document["rules"] if (rule["reason"] or "").startswith("in force")}

    def found(self, document, rule):
        return {finding["case"] for finding in document["findings"] if finding["rule"] == rule}

    def test_the_year_is_the_one_in_which_the_collection_ends(self):
        for year in (2024, 2025, 2026):
            document = self.audit(self.return_of("31/03/2024"), "--set", f"collection_year={year}")
            self.assertEqual(document["run"]["packs"][0]["id"], f"ssda903-{year}")
            self.assertEqual(document["run"]["parameters"]["collection_start"], f"{year - 1}-04-01")
            self.assertEqual(document["run"]["parameters"]["collection_end"], f"{year}-03-31")
            self.assertEqual(document["run"]["as_at"], f"{year}-03-31")
            self.assertTrue(all(rule["pack"] == f"ssda903-{year}" for rule in document["rules"]))

    def test_rules_that_came_later_are_not_in_force(self):
        document = self.audit(self.return_of("31/03/2024"), "--set", "collection_year=2024")
        reasons = self.out_of_force(document)
        self.assertEqual(set(reasons), LATER)
        self.assertEqual(reasons["233"], "in force only from 2025-04-01")
        self.assertEqual(reasons["231"], "in force only from 2024-04-01")
        document = self.audit(self.return_of("31/03/2024"), "--set", "collection_year=2025")
        self.assertEqual(set(self.out_of_force(document)), OF_2025_26)
        document = self.audit(self.return_of("31/03/2024"), "--set", "collection_year=2026")
        self.assertEqual(self.out_of_force(document), {})
        self.assertEqual(self.found(document, "233"), {"A"})

    def test_codes_and_dates_are_those_of_the_year(self):
        extract = self.return_of("01/04/2024")
        document = self.audit(extract, "--set", "collection_year=2024")
        self.assertEqual(self.found(document, "354"), {"A"})
        self.assertEqual(self.found(document, "146"), set())
        document = self.audit(extract, "--set", "collection_year=2026")
        self.assertEqual(self.found(document, "354"), set())
        self.assertEqual(self.found(document, "146"), {"A"})

    def test_a_pack_beside_it_judges_the_same_collection(self):
        extract = self.extract(reviews=["A,01/01/2015,01/04/2024,PN1", "B,01/01/2015,31/03/2024,PN1", "C,01/01/2015,01/04/2025,PN1"])
        for year, expected in (("2024", {"A", "C"}), ("2025", {"C"}), ("2026", set())):
            for order in (["ssda903"], ["ssda903-review-checks"]):
                other = {"ssda903": "ssda903-review-checks", "ssda903-review-checks": "ssda903"}[order[0]]
                document = self.audit(extract, "--pack", other, "--set", f"collection_year={year}", pack=order[0])
                self.assertEqual(self.found(document, "review-after-collection"), expected)

    def test_a_date_given_beside_the_year_counts(self):
        document = self.audit(self.return_of("31/03/2024"), "--set", "collection_year=2026", "--set", "collection_end=2026-02-28")
        self.assertEqual(document["run"]["parameters"]["collection_end"], "2026-02-28")

    def test_one_end_of_the_collection_moves_the_other(self):
        for setting in ("collection_end=2021-03-31", "collection_start=2020-04-01"):
            document = self.audit(self.return_of("31/03/2020"), "--set", setting)
            self.assertEqual(document["run"]["packs"][0]["id"], "ssda903")
            self.assertEqual(document["run"]["parameters"]["collection_start"], "2020-04-01")
            self.assertEqual(document["run"]["parameters"]["collection_end"], "2021-03-31")

    def refused(self, year, pack="ssda903"):
        return self.command("run", "--pack", pack, "--input", self.return_of("31/03/2024"), "--set", f"collection_year={year}",
                            status=2).stderr.decode()

    def test_a_year_that_no_pack_covers_is_refused(self):
        self.assertIn("pack ssda903 has no rules for the collection that ends in 2019", self.refused(2019))
        self.assertIn("one of 2024, 2025, 2026", self.refused(2019))
        self.assertIn("collection_year cannot be '2025-26': it is a year", self.refused("2025-26"))

    def test_a_pack_without_collections_has_no_years(self):
        self.assertIn("there is no parameter collection_year to set", self.refused(2026, "ssda903-2026"))

    def test_a_pack_of_ones_own_may_name_packs_for_years(self):
        def pack(folder, text):
            (self.folder / folder).mkdir()
            (self.folder / folder / "pack.yaml").write_text(f"id: {folder}\nversion: 1.0.0\ntitle: Ours\n{text}")

        pack("north-2024", "extends: ssda903-2024\n")
        pack("north", "extends: ssda903\ncollections: {2024: north-2024}\n")
        document = self.audit(self.return_of("31/03/2024"), "--set", "collection_year=2024", pack=self.folder / "north")
        self.assertEqual(document["run"]["packs"][0]["id"], "north-2024")
        self.assertIn("one of 2024", self.refused(2026, self.folder / "north"))
        pack("south", "extends: ssda903\ncollections: {2024: nowhere, '24': north, 2025: [a]}\n")
        errors = self.command("lint", self.folder / "south", status=2).stderr.decode()
        self.assertIn("there is no pack nowhere", errors)
        self.assertIn("'24' is no year", errors)
        self.assertIn("a collection has one pack", errors)


if __name__ == "__main__":
    unittest.main()
