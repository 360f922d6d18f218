"""A rule finds the same whichever others run beside it, though what an extract is read for differs."""
import json
import unittest

from command import CommandTest, HEADERS

PARTS = 6


class Parts(CommandTest):
    def check(self, pack, *extract):
        whole = self.audit(*extract, pack=pack)
        rules = [r["rule"] for r in whole["rules"]]
        outcomes, findings = {}, []
        for part in range(PARTS):
            chosen = rules[part::PARTS]
            document = self.audit(*extract, *[word for rule in chosen for word in ("--rule", rule)], pack=pack)
            outcomes.update({r["rule"]: r for r in document["rules"]})
            findings += document["findings"]
        for expected in whole["rules"]:
            self.assertEqual(self.lasting(outcomes[expected["rule"]]), self.lasting(expected))
        self.assertGreater(len(findings), 100)
        self.assertEqual(sorted(map(self.text, findings)), sorted(map(self.text, whole["findings"])))

    @staticmethod
    def lasting(outcome):
        return {key: value for key, value in outcome.items() if "time" not in key and "nanoseconds" not in key}

    @staticmethod
    def text(finding):
        return json.dumps(finding, sort_keys=True)

    def test_of_the_return(self):
        data = self.generated(children=400)
        self.check("ssda903", data / "current", "--prior", data / "prior")

    def test_of_a_service(self):
        data = self.folder / "service"
        self.command("generate", "--dataset", "iro", "--children", 300, "--year", 2025, "--seed", 3, "--error-rate", 0.4,
                     "--out", data, status=0)
        self.check("iro", data / "current", "--as-at", "2026-03-31")

    def test_records_without_a_case_are_known_by_their_whole_row(self):
        row = "{},01/05/2025,S,C2,N1,U1,PR1,{},,,AB1 2CD,AB1 3CD,{}"  # an end without a reason: rule 148
        rows = [row.format("", "02/06/2025", 1234567), row.format("", "02/06/2025", 1234568), row.format("A", "", 1234567)]

        def ids(*rules):
            document = self.audit(self.extract(episodes=rows), *[word for rule in rules for word in ("--rule", rule)])
            return {(f["rule"], f["id"]) for f in document["findings"] if f["case"].startswith("?")}

        def turned(line):  # the same columns in another order
            cells = line.split(",")
            return ",".join(cells[3:] + cells[:3])

        whole = ids()
        self.assertEqual(len({each for rule, each in whole if rule == "148"}), 2)
        self.assertEqual(ids("148"), {(rule, each) for rule, each in whole if rule == "148"})
        rows = "\n".join(map(turned, [HEADERS["episodes"], *reversed(rows)])).encode() + b"\n"
        self.assertEqual(ids(), whole)

    def test_timelines_change_nothing_that_is_found(self):
        data = self.generated(children=400)
        plain = self.audit(data / "current", "--prior", data / "prior")
        told = self.audit(data / "current", "--prior", data / "prior", "--timeline")
        self.assertTrue(told["timelines"])
        self.assertEqual(list(map(self.text, told["findings"])), list(map(self.text, plain["findings"])))


if __name__ == "__main__":
    unittest.main()
