#include "rulepack/version.h"

using namespace caseaudit::rulepack;

TEST_CASE("a version is one to four numbers, and perhaps a word") {
    for (const char* good : {"1", "1.0", "1.0.0", "1.2.3.4", "2025-26.1", "1.0.0-draft.2", "1.0+local"}) {
        INFO(good);
        CHECK(is_version(good));
    }
    for (const char* bad :
         {"", "v1", "1.", ".1", "1..2", "1.2.3.4.5", "1.0-", "1.0 ", "latest", "1.0-a b", "-1"}) {
        INFO(bad);
        CHECK_FALSE(is_version(bad));
    }
}

TEST_CASE("a requirement is met, not met, or none") {
    CHECK(check_requirement(">=0.1", "0.1.0") == Requirement::met);
    CHECK(check_requirement(">=0.1.1", "0.1.0") == Requirement::not_met);
    CHECK(check_requirement("> 0.1", "0.1.0") == Requirement::not_met);
    CHECK(check_requirement(">0.1", "0.1.1") == Requirement::met);
    CHECK(check_requirement("<=0.1", "0.1.0") == Requirement::met);
    CHECK(check_requirement("<0.2", "0.1.9") == Requirement::met);
    CHECK(check_requirement("<0.10", "0.9.0") == Requirement::met);  // numbers, not text
    CHECK(check_requirement(">=0.1, <2", "1.5") == Requirement::met);
    CHECK(check_requirement(">=0.1, <2", "2.0") == Requirement::not_met);
    CHECK(check_requirement(">=0.1 <2", "1.5") == Requirement::met);
    CHECK(check_requirement(">= 0.1  < 2 <1.5", "1.5") == Requirement::not_met);
    CHECK(check_requirement("0.1", "0.1.0") == Requirement::met);
    for (const char* bad :
         {"", ">=", "new", ">=a", ">=0.1,", "=>0.1", "~0.1", ">=0.1 0.2", ">=0.1,,<2", ",<2", ">=0.1 <"}) {
        INFO(bad);
        CHECK(check_requirement(bad, "0.1.0") == Requirement::malformed);
    }
}

TEST_CASE("the engine's own version is a version") {
    CHECK(is_version(engine_version()));
}
