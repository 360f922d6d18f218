#include "plugin/trial.h"

using namespace caseaudit::plugin;

TEST_CASE("assertion.holds fails on false and leaves undecided what lacks data") {
    const auto outcome = Trial(linked_assertion(), "holds")
                             .expression("that", CASEAUDIT_BOOLEAN, {"true", "false", "", "!"})
                             .run();
    CHECK(outcome.error == "");
    CHECK(outcome.verdicts == "PF??");
}

TEST_CASE("assertion.holds agrees with a row-wise reading at every length and position") {
    for (const std::size_t length : {0, 1, 7, 8, 63, 64, 65, 127, 128, 129, 200}) {
        std::vector<std::string> cells(length, "true");
        std::string expected(length, 'P');
        for (std::size_t i = 0; i < length; ++i) {
            if (i % 5 == 1) cells[i] = "false", expected[i] = 'F';
            if (i % 7 == 3) cells[i] = "", expected[i] = '?';
        }
        const auto outcome =
            Trial(linked_assertion(), "holds").expression("that", CASEAUDIT_BOOLEAN, cells).run();
        CHECK(outcome.error == "");
        CHECK(outcome.verdicts == expected);
    }
}
