#include "engine/audit.h"

using namespace caseaudit;
using Lines = std::vector<std::string>;

namespace {

const std::string four =
    "child,began,ended,place\nA,2024-01-01,2024-02-01,home\nB,2024-01-01,2024-02-01,foster\n"
    "C,2024-01-01,2024-02-01,foster\nD,2024-01-01,,home\n";

// In place of what the check said, which may hold a value.
const std::string kept_back =
    "the check could not judge: its words may hold values, and are told with --identifiable";

std::string rule_that_throws(const std::string& check, const std::string& where) {
    return "rules:\n" +
           rule("r", fmt::format("for_each: stays\ncheck: breaking.{}\nwith: {{\"on\": {}}}", check, where));
}

}  // namespace

TEST_CASE("a check that throws costs the record that it judged, whatever the ranges of cases") {
    for (const int cases : {1, 2, 3, 1000}) {
        Audit audit(rule_that_throws("throws", "child == 'C'"));
        audit.table("stays", four).cases_per_range(cases).run();
        CHECK(audit.counts("r") ==
              "failed: 1 record could not be judged: plugin breaking gave up at stays line 3: " + kept_back +
                  "; 4 = 0 passed + 3 failed + 1 undecided");
        CHECK(audit.found() == Lines{"r A: It is so.", "r B: It is so.", "r D: It is so."});
        REQUIRE(audit.outcome("r").broke_on.size() == 1);
        CHECK(audit.outcome("r").broke_on[0].line == 3);
        CHECK(audit.outcome("r").broke_on[0].cause == "plugin breaking gave up: " + kept_back);
        CHECK(audit.outcome("r").unjudged == 1);
    }
}

TEST_CASE("a check that judges cases, or a batch in its own way, throws for the rows of one case") {
    const std::string rows =
        "child,began,ended,place\nA,2024-01-01,2024-02-01,home\nB,2024-01-01,2024-02-01,foster\n"
        "B,2024-02-01,2024-03-01,home\nB,2024-03-01,2024-04-01,foster\nC,2024-01-01,,home\n";
    for (const std::string check : {"throws-by-case", "throws-by-batch"}) {
        Audit audit(rule_that_throws(check, "child == 'B' && place == 'home'"));
        audit.table("stays", rows).run();
        CHECK(audit.counts("r") ==
              "failed: 3 records could not be judged: plugin breaking gave up at stays line 2, the first of "
              "them: " +
                  kept_back + "; 5 = 0 passed + 2 failed + 3 undecided");
        CHECK(audit.found() == Lines{"r A: It is so.", "r C: It is so."});
    }
}

TEST_CASE(
    "a check that gives up too often is quarantined, in all rules, and says of how many it was not asked") {
    std::string rows = "child,began,ended,place\n";
    for (int i = 0; i < 200; ++i) rows += fmt::format("C{:04},2024-01-01,2024-02-01,home\n", i);
    Audit audit(rule_that_throws("throws", "place == 'home'") +
                rule("s", "for_each: stays\ncheck: breaking.throws\nwith: {\"on\": place == 'foster'}"));
    audit.table("stays", rows).cases_per_range(1000).run();
    CHECK(audit.counts("r") ==
          "failed: 5 records could not be judged: plugin breaking gave up at stays line 1, the first of "
          "them: " +
              kept_back +
              "; 195 records were not judged: plugin breaking was quarantined; 200 = 0 passed + 0 failed + "
              "200 undecided");
    CHECK(audit.counts("s") ==
          "failed: 200 records were not judged: plugin breaking was quarantined; 200 = 0 passed + "
          "0 failed + 200 undecided");
    CHECK(audit.outcome("r").unjudged == 200);
    CHECK(audit.outcome("r").broke_on.size() == 5);
}

TEST_CASE("other rules of the run are not touched") {
    Audit audit("rules:\n" + rule("before", "for_each: stays\nassert: present(ended)") +
                rule("r", "for_each: stays\ncheck: breaking.throws\nwith: {\"on\": present(began)}") +
                rule("after", "for_each: stays\nassert: place == 'home'"));
    audit.table("stays", four).run();
    CHECK(audit.outcome("r").status == Status::failed);
    CHECK(audit.counts("before") == "ran: 4 = 3 passed + 1 failed + 0 undecided");
    CHECK(audit.counts("after") == "ran: 4 = 2 passed + 2 failed + 0 undecided");
}

TEST_CASE("a check that lies about its verdicts fails its rule") {
    for (const auto& [check, reason] :
         {std::pair{"twice", "the check gave two verdicts on row 0 of a batch"},
          std::pair{"too-far", "the check gave a verdict on row 64 of a batch of 4"}}) {
        Audit audit("rules:\n" + rule("r", fmt::format("for_each: stays\ncheck: breaking.{}", check)));
        audit.table("stays", four).run();
        CHECK(audit.counts("r") == fmt::format("failed: {}; 4 = 0 passed + 0 failed + 4 undecided", reason));
    }
}

TEST_CASE("a check that gives up over records together, and over none apart, has not passed them") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\ncheck: breaking.throws-together"));
    audit.table("stays", four).cases_per_range(1000).run();
    CHECK(audit.counts("r") ==
          "failed: the check gave up over records together, and over none of them apart; 4 = 0 passed + 0 "
          "failed + 4 undecided");
}

TEST_CASE("of several records that were given up on, the first gives the reason, whatever the threads") {
    for (int i = 0; i < 5; ++i) {
        Audit audit(rule_that_throws("throws", "place == 'foster'"));
        audit.table("stays", four).cases_per_range(1).run();
        CHECK(audit.counts("r") ==
              "failed: 2 records could not be judged: plugin breaking gave up at stays line 2, the "
              "first of them: " +
                  kept_back + "; 4 = 0 passed + 2 failed + 2 undecided");
    }
}
