"""Disputes: what a run proposes by the protocol of its pack, and what it says of those that are open."""
import json
import unittest

from command import CommandTest

try:
    import jsonschema
except ImportError:
    jsonschema = None

# Each child has a review on Monday 10 June 2024. A's report was complete on the day itself. B has no report, and two
# care plans that were not shared. With C all is well. A has a dispute that is open, B one that was resolved.
TABLES = {
    "ssd_cla_episodes": ["clae_person_id,clae_cla_id,clae_cla_episode_start_date",
                         "A,A1,2024-01-08", "B,B1,2024-01-08", "C,C1,2024-01-08"],
    "ssd_cla_reviews": ["clar_cla_review_id,clar_cla_id,clar_cla_review_date,clar_cla_review_cancelled",
                        "RA,A1,2024-06-10,N", "RB,B1,2024-06-10,N", "RC,C1,2024-06-10,N"],
    "iro_review_documents": ["document_id,review_id,kind,completed_date,distributed_date,declined",
                             "D1,RA,pre_meeting_report,2024-06-10,,", "D2,RC,pre_meeting_report,2024-06-03,,"],
    "iro_plans": ["plan_id,person_id,kind,completed_date,updated_date,shared_with_child_date",
                  "P1,B,care,2024-05-01,,", "P2,B,care,2024-05-08,,", "P3,C,care,2024-05-01,,2024-05-01"],
    "iro_disputes": ["dispute_id,person_id,iro_id,raised_date,category,resolved_date",
                     "X1,A,I1,2024-06-12,drift,", "X2,B,I1,2024-06-12,drift,2024-06-14"],
    "iro_dispute_stages": ["dispute_id,stage,started_date,responded_date,ended_date",
                           "X1,1,2024-06-12,,", "X2,1,2024-06-12,2024-06-13,2024-06-14"],
}
RULES = ["--rule", "pre-meeting-report-missing", "--rule", "pre-meeting-report-late", "--rule", "care-plan-not-shared",
         "--rule", "dispute-moves-on", "--rule", "late-notification"]


class Escalations(CommandTest):
    def service(self):
        folder = self.folder / "service"
        folder.mkdir(exist_ok=True)
        for table, rows in TABLES.items():
            (folder / f"{table}.csv").write_text("\n".join(rows) + "\n")
        return folder

    def proposals(self, pack, *arguments):
        document = self.audit(self.service(), "--as-at", "2024-06-17", "--identifiable", *RULES, *arguments, pack=pack, status=1)
        ids = {f["id"]: f for f in document["findings"]}
        for escalation in document["proposed_escalations"]:
            self.assertEqual(escalation["stage"], 1)
            for issue in escalation["issues"]:
                self.assertEqual(ids[issue["finding"]]["case"], escalation["case"])
                self.assertEqual(ids[issue["finding"]]["rule"], issue["rule"])
        return document

    def test_one_dispute_for_a_child_with_an_issue_for_each_finding(self):
        document = self.proposals("iro")
        got = [(e["case"], e["addressee"], [(i["rule"], i["category"]) for i in e["issues"]])
               for e in document["proposed_escalations"]]
        self.assertEqual(got, [
            ("A", "Team manager", [("pre-meeting-report-late", "pre_meeting_report")]),
            ("B", "Team manager", [("pre-meeting-report-missing", "pre_meeting_report"),
                                   ("care-plan-not-shared", "care_plan"), ("care-plan-not-shared", "care_plan")]),
        ])
        if jsonschema:
            schema = json.loads(self.command("schema", "findings", status=0).stdout)
            jsonschema.validate(document, schema)

    def test_neither_threads_nor_lines_change_what_is_proposed(self):
        one = self.proposals("iro", "--threads", 1)
        self.assertEqual(one, self.proposals("iro", "--threads", 4))
        lines = self.folder / "lines.ndjson"
        self.command("run", "--pack", "iro", "--input", self.service(), "--as-at", "2024-06-17", "--identifiable", *RULES, "--format", "ndjson",
                     "--output", lines, status=1)
        told = self.lines(lines.read_text())
        told = [{k: v for k, v in t.items() if k != "type"} for t in told if t["type"] == "proposed_escalation"]
        self.assertEqual(told, one["proposed_escalations"])

    def test_a_local_protocol_has_its_own_addressee_and_proposals(self):
        pack = self.folder / "north"
        pack.mkdir()
        (pack / "pack.yaml").write_text(
            "id: north\nversion: 1.0.0\ntitle: North\nextends: iro\ndispute_protocol:\n"
            "  stages: [{name: First, addressee: Practice lead, working_days: 2}]\n  proposes: care-plan-not-shared\n")
        document = self.proposals(pack)
        self.assertEqual([(e["case"], e["pack"], e["addressee"], len(e["issues"])) for e in document["proposed_escalations"]],
                         [("B", "north", "Practice lead", 2)])
        moves = next(f for f in document["findings"] if f["rule"] == "dispute-moves-on")
        self.assertIn("last stage", moves["message"])
        self.assertIn("17 June 2024", moves["message"])

    def test_an_open_dispute_says_when_it_moves_on(self):
        document = self.proposals("iro")
        moves = [f for f in document["findings"] if f["rule"] == "dispute-moves-on"]
        self.assertEqual([(f["case"], f["responsible"]) for f in moves], [("A", "Team manager")])
        self.assertIn("stage 2 (Service manager) on 20 June 2024", moves[0]["message"])

    def test_packs_without_a_protocol_propose_nothing(self):
        row = "A1,01/05/2025,S,C2,N1,U1,PR1,02/06/2025,,,AB1 2CD,AB1 3CD,1234567"  # an end without a reason
        document = self.audit(self.extract(episodes=[row]), "--rule", "148", status=1)
        self.assertEqual((len(document["findings"]), document["proposed_escalations"]), (1, []))


if __name__ == "__main__":
    unittest.main()
