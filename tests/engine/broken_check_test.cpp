#include "engine/audit.h"

using namespace caseaudit;
using Lines = std::vector<std::string>;

namespace {

const std::string four =
    "child,began,ended,place\nA,2024-01-01,2024-02-01,home\nB,2024-01-01,2024-02-01,foster\n"
    "C,2024-01-01,2024-02-01,foster\nD,2024-01-01,,home\n";

// In place of what the check said, which may hold a value.
const std::string kept_back = "its words may hold values, and are told with --identifiable";

}  // namespace

TEST_CASE("a check that throws fails its rule, and nothing of that range is believed") {
    Audit audit("rules:\n" +
                rule("r", "for_each: stays\ncheck: breaking.throws\nwith: {\"on\": child == 'C'}"));
    audit.table("stays", four).run();
    CHECK(audit.counts("r") ==
          "failed: the check could not judge: " + kept_back + "; 4 = 0 passed + 0 failed + 4 undecided");
    CHECK(audit.found().empty());
}

TEST_CASE("what the check said of other ranges stands, and the counts reconcile") {
    Audit audit("rules:\n" +
                rule("r", "for_each: stays\ncheck: breaking.throws\nwith: {\"on\": child == 'C'}"));
    audit.table("stays", four).cases_per_range(1).run();
    CHECK(audit.counts("r") ==
          "failed: the check could not judge: " + kept_back + "; 4 = 0 passed + 3 failed + 1 undecided");
    CHECK(audit.found().size() == 3);
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

TEST_CASE("of several ranges that broke, the first gives the reason, whatever the threads") {
    for (int i = 0; i < 5; ++i) {
        Audit audit("rules:\n" +
                    rule("r", "for_each: stays\ncheck: breaking.throws\nwith: {\"on\": place == 'foster'}"));
        audit.table("stays", four).cases_per_range(1).run();
        CHECK(audit.counts("r") ==
              "failed: the check could not judge: " + kept_back + "; 4 = 0 passed + 2 failed + 2 undecided");
    }
}
