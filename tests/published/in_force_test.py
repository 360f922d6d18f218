"""Which rules of the IRO pack are in force when: those of law and guidance from the day those are, those of the record itself
on any day."""
import unittest

from service import DAY, PublishedTest, Service, date

IN_FORCE = date("2011-04-01")  # the Regulations of 2010 and the IRO Handbook
OF_THE_RECORD = ("validity", "consistency", "uniqueness")


class InForce(PublishedTest):
    def rules(self, as_at):
        service = Service()
        child = service.child(date("2004-05-01"))
        service.care(child, date("2010-01-04"))
        self.measures(service, as_at)
        return self.document["rules"]

    def test_no_rule_of_the_regulations_or_the_handbook_is_in_force_before_them(self):
        for rule in self.rules(IN_FORCE - DAY):
            of_them = any(name in rule["source"] for name in ("Regulations 2010", "2010 Regulations", "IRO Handbook"))
            if of_them and rule["dimension"] not in OF_THE_RECORD:
                self.assertIn("in force only from", rule["reason"] or "", rule["rule"])

    def test_from_the_day_on_that_they_are_each_of_them_is(self):
        later = {rule["rule"] for rule in self.rules(IN_FORCE) if "in force only" in (rule["reason"] or "")}
        self.assertEqual(later, {
            "child-friendly-minutes-not-offered", "child-friendly-minutes-refusal-not-recorded",
            "consultation-documents-shared-late", "dental-check-out-of-date"})

    def test_rules_of_the_record_are_in_force_on_any_day(self):
        for rule in self.rules(date("1990-01-01")):
            if rule["dimension"] == "validity":
                self.assertNotIn("in force", rule["reason"] or "", rule["rule"])


if __name__ == "__main__":
    unittest.main()
