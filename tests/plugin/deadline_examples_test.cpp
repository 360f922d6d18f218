// The table of deadlines in docs/plugins.md: for each example the last day on time and the first late one are
// found by trying every day.
#include "plugin/trial.h"

#include "calendar/civil.h"

using namespace caseaudit;
using namespace caseaudit::plugin;

namespace {

struct Example {
    const char* parameter;
    std::int64_t count;
    caseaudit_unit unit;
    bool before;
    const char* start;
};

constexpr Example examples[] = {
    {"within", 0, CASEAUDIT_DAYS, false, "2024-05-02"},
    {"within", 3, CASEAUDIT_DAYS, false, "2024-05-02"},
    {"late_from", 3, CASEAUDIT_DAYS, false, "2024-05-02"},
    {"within", 3, CASEAUDIT_WORKING_DAYS, false, "2024-05-02"},
    {"late_from", 3, CASEAUDIT_WORKING_DAYS, false, "2024-05-02"},
    {"within", 2, CASEAUDIT_WORKING_DAYS, false, "2024-05-01"},
    {"late_from", 3, CASEAUDIT_WORKING_DAYS, false, "2024-05-01"},
    {"within", 1, CASEAUDIT_WORKING_DAYS, false, "2024-04-27"},
    {"within", 20, CASEAUDIT_WORKING_DAYS, false, "2024-03-15"},
    {"within", 6, CASEAUDIT_WEEKS, false, "2024-05-02"},
    {"within", 6, CASEAUDIT_MONTHS, false, "2023-08-31"},
    {"within", 1, CASEAUDIT_YEARS, false, "2024-02-29"},
    {"within", 5, CASEAUDIT_DAYS, true, "2024-05-09"},
    {"within", 3, CASEAUDIT_WORKING_DAYS, true, "2024-05-09"},
    {"within", 3, CASEAUDIT_WORKING_DAYS, true, "2024-05-11"},
};

std::string spoken(calendar::Day day) {
    static constexpr std::array weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr std::array months = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
    const auto date = calendar::civil(day);
    return fmt::format("{} {} {} {}", weekdays[static_cast<std::size_t>(calendar::day_of_week(day) - 1)],
                       date.day, months[static_cast<std::size_t>(date.month - 1)], date.year);
}

calendar::Day day_of(const std::string& iso) {
    calendar::Day day = 0;
    REQUIRE(calendar::parse_iso(iso, day));
    return day;
}

std::string line_of(const Example& example) {
    const calendar::Day start = day_of(example.start), first = start - 40;
    std::vector<std::string> events;
    for (calendar::Day day = first; day < start + 400; ++day) events.push_back(calendar::to_iso(day));
    Trial trial(linked_timeliness(), "deadline");
    trial.expression("start", CASEAUDIT_DATE, std::vector<std::string>(events.size(), example.start))
        .expression("event", CASEAUDIT_DATE, events)
        .duration(example.parameter, example.count, example.unit);
    if (example.before) trial.constant("before", ConstantValue::of_boolean(true));
    const auto outcome = trial.run();
    const auto late = outcome.verdicts.find('F');
    REQUIRE(late != std::string::npos);
    REQUIRE(late > 0);
    // Once late, always late.
    CHECK(outcome.verdicts == std::string(late, 'P') + std::string(events.size() - late, 'F'));
    const auto due = day_of(outcome.evidence[late].substr(4, 10));
    const auto first_late = first + static_cast<calendar::Day>(late);
    return fmt::format("| `{}: {{{}: {}}}`{} | {} | {} | {} | {} |\n", example.parameter,
                       unit_name(example.unit), example.count, example.before ? ", `before: true`" : "",
                       spoken(start), spoken(due), spoken(first_late - 1), spoken(first_late));
}

}  // namespace

TEST_CASE("the guide's table of deadlines is what the check does") {
    std::string expected =
        "| With | Start | `{due}` | Last day on time | First late day |\n|---|---|---|---|---|\n";
    for (const auto& example : examples) expected += line_of(example);
    std::ofstream(CASEAUDIT_BINARY_DIR "/plugin_deadlines.md", std::ios::binary) << expected;
    std::ifstream file(CASEAUDIT_SOURCE_DIR "/docs/plugins.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    CHECK(page.find("<!-- deadlines -->\n" + expected + "<!-- end of deadlines -->") != std::string::npos);
}
