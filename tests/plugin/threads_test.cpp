// One compiled check judges on many threads at once. The thread sanitizer watches; the answers must agree.
#include "plugin/trial.h"

using namespace caseaudit::plugin;

namespace {

void agree(Trial&& trial, const std::string& expected) {
    for (const auto& outcome : trial.run_on_threads(4)) {
        CHECK(outcome.error == "");
        CHECK(outcome.verdicts == expected);
    }
}

std::string repeated(const std::string& pattern, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += pattern;
    return text;
}

std::vector<std::string> repeated(const std::vector<std::string>& cells, std::size_t times) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), cells.begin(), cells.end());
    return all;
}

}  // namespace

TEST_CASE("checks are shared by threads") {
    constexpr std::size_t times = 300;
    agree(std::move(Trial(linked_assertion(), "holds")
                        .expression("that", CASEAUDIT_BOOLEAN, repeated({"true", "false", ""}, times))),
          repeated("PF?", times));
    agree(
        std::move(Trial(linked_timeliness(), "deadline")
                      .expression("start", CASEAUDIT_DATE, repeated({"2024-05-02", "2024-05-02", "!"}, times))
                      .expression("event", CASEAUDIT_DATE, repeated({"2024-05-08", "2024-05-09", ""}, times))
                      .duration("within", 3, CASEAUDIT_WORKING_DAYS)),
        repeated("PF?", times));
    agree(std::move(Trial(linked_validity(), "pattern")
                        .expression("value", CASEAUDIT_TEXT, repeated({"A12", "12A", ""}, times))
                        .constant("pattern", ConstantValue::of_text("[A-Z][0-9]{2}"))),
          repeated("PF?", times));
}
