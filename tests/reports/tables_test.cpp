#include "reports/tables/measure_table.h"

#include <catch2/catch.hpp>

#include "reports/sample.h"

using namespace caseaudit;

namespace {

std::vector<std::string> texts(const std::vector<reports::TableCell>& row) {
    std::vector<std::string> out;
    for (const auto& cell : row) out.push_back(cell.text);
    return out;
}

MeasureGroup group(std::vector<std::pair<std::string, std::string>> by, std::uint64_t population,
                   std::optional<double> rate = {}) {
    MeasureGroup group;
    group.by = std::move(by);
    group.population = population;
    group.rate = rate;
    return group;
}

using Row = std::vector<std::string>;

}  // namespace

TEST_CASE("a rate by month: denominators beside it, months by name, the total last and apart") {
    MeasureOutcome measure{"iro", "m", "M", "reviews", "", "rate", "", {}};
    measure.groups = {group({{"month", "2026-03"}}, 275, 0.984), group({{"month", "2026-04"}}, 0),
                      group({}, 1275, 0.984)};
    measure.groups[0].met = 271, measure.groups[0].undecided = 2;
    const auto table = reports::table_of(measure);
    CHECK(table.headings == Row{"Month", "In scope", "Met", "Rate", "Not judged"});
    CHECK(texts(table.rows[0]) == Row{"March 2026", "275", "271", "98.4 %", "2"});
    CHECK(texts(table.rows[1]) == Row{"April 2026", "0", "0", "–", "0"});  // neither 0 % nor 100 %
    CHECK(texts(table.rows[2])[0] == "Total");
    CHECK(texts(table.rows[2])[1] == "1,275");
    CHECK(table.total == std::vector<bool>{false, false, true});
}

TEST_CASE("counts by two keys: one down, one across, totals at the edges, the rows' shares after them") {
    MeasureOutcome measure{"iro", "m", "M", "disputes", "", "distribution", "", {}};
    measure.groups = {group({{"category", "care_plan"}, {"level", "2"}}, 3, 0.3),
                      group({{"category", "care_plan"}, {"level", "1"}}, 4, 0.4),
                      group({{"category", "health"}, {"level", "1"}}, 3, 0.3),
                      group({{"level", "1"}}, 7, 0.7),
                      group({{"level", "2"}}, 3, 0.3),
                      group({{"category", "care_plan"}}, 7, 0.7),
                      group({{"category", "health"}}, 3, 0.3),
                      group({}, 10, 1.0)};
    const auto table = reports::table_of(measure);
    CHECK(table.headings == Row{"Category", "1", "2", "Total", "Share"});
    REQUIRE(table.rows.size() == 3);
    CHECK(texts(table.rows[0]) == Row{"care plan", "4", "3", "7", "70.0 %"});
    CHECK(texts(table.rows[1]) == Row{"health", "3", "0", "3", "30.0 %"});
    CHECK(texts(table.rows[2]) == Row{"Total", "7", "3", "10", "100.0 %"});
}

TEST_CASE("the figure over all says of how many") {
    MeasureOutcome measure{"iro", "m", "M", "reviews", "", "rate", "", {}};
    CHECK(reports::overall(measure).empty());
    measure.groups = {group({}, 0)};
    CHECK(reports::overall(measure) == "nothing to judge");
    measure.groups = {group({}, 275, 0.98)};
    measure.groups[0].met = 245, measure.groups[0].undecided = 25;
    CHECK(reports::overall(measure) == "98.0 % (245 of 250)");
}

TEST_CASE("tables in Markdown: nothing of a value is markup") {
    auto document = tests::sample();
    document.measures[0].title = "On | time <b>";
    document.measures[0].groups[0].by[0] = {"team", "A|B <img> *x*"};
    const auto text = tests::render_one("tables-markdown", document);
    CHECK(text.find("## On \\| time \\<b\\>") != std::string::npos);
    CHECK(text.find("| A\\|B \\<img\\> \\*x\\* | 3 | 2 | 100.0 % | 1 |") != std::string::npos);
    CHECK(text.find("| **Total** | **3** |") != std::string::npos);
}
