// The unit tests that a plugin's author writes: of the example plugin, of a bundled one, and of a check that breaks the
// contract, which the helper must notice.
#include <caseaudit/sdk.hpp>
#include <caseaudit/sdk/testing.hpp>
#include <catch2/catch.hpp>

using namespace caseaudit::sdk;
using namespace caseaudit::sdk::testing;
using Catch::Matchers::Equals;

extern "C" {
const caseaudit_plugin* example_authority(void);
const caseaudit_plugin* example_timeliness(void);
const caseaudit_plugin* example_in_c(void);
}

namespace {

// Every sort of parameter and column, and ways to break the contract.
struct Limited {
    static constexpr auto name = "limited";
    static constexpr auto description = "A number is among those allowed.";
    Expression<std::int64_t> number;
    ExpressionList<Value> shown;
    Constant<std::int64_t> times{1};
    Constant<double> share{0.5};
    ConstantList<std::int64_t> allowed;
    Constant<Duration> within{Duration{1, Unit::weeks}};
    static constexpr auto parameters =
        std::tuple{optional(&Limited::number, "number", "The number."),
                   optional(&Limited::shown, "shown", "What is shown."),
                   optional(&Limited::times, "times", "How often, from 1 to 12; default 1.").at_least(1).at_most(12),
                   optional(&Limited::share, "share", "A share; default 0.5.").at_most(1),
                   optional(&Limited::allowed, "allowed", "Numbers from 10.").at_least(10),
                   optional(&Limited::within, "within", "A time.").at_least(1).in({Unit::weeks, Unit::months})};
    static constexpr std::array evidence = {
        caseaudit_evidence_schema{sizeof(caseaudit_evidence_schema), 0, "value", "What it is."},
        shows<std::int64_t>("count", "How many numbers there are.")};

    void judge(const Case& rows) const {
        std::int64_t present = 0, sum = 0, visited = 0;
        for (const auto cell : rows.column(number)) present += cell.present();
        rows.column(number).each_present([&](std::size_t i, std::int64_t value) {
            sum += value;
            visited += rows[i][number] && *rows[i][number] == value;
        });
        if (visited != present) throw std::logic_error("each_present and column differ");
        for (const Row row : rows) {
            const auto one = row[number];
            if (!one) {
                row.undecided();
            } else if (*one == 13) {
                row.fails();
                row.fails();
            } else if (*one == 14) {
                row.fails({{"undeclared", 1}});
            } else if (*one == 15) {
                throw std::runtime_error("a number too far");
            } else if (*one > 99) {
                row.fails({{"value", row.cell(shown, 1)}, {"count", sum}});
            }
        }
    }
};

#undef CASEAUDIT_PLUGIN_SYMBOL
#define CASEAUDIT_PLUGIN_SYMBOL limited_plugin
}  // namespace
CASEAUDIT_PLUGIN("limited", "1.0", "For these tests.", Limited)
namespace {

Trial limited() {
    return {limited_plugin(), "limited"};
}
std::string refusal_of(const Trial& trial) {
    try {
        trial.judge();
    } catch (const Refusal& refusal) {
        return refusal.parameter() + ": " + refusal.what();
    }
    return "";
}

}  // namespace

TEST_CASE("records written as literals are judged, with evidence") {
    const auto found = Trial(example_authority(), "raised-again")
                           .with("within", Duration{3, Unit::months})
                           .records({"raised_on", "issue"}, {{"A", {"2024-01-31", "drift"}},
                                                             {"A", {"2024-02-01", "health"}},
                                                             {"A", {"2024-04-30", "drift"}},
                                                             {"A", {"2024-07-31", "drift"}},
                                                             {"B", {missing, "drift"}},
                                                             {"C", {"2024-05-01", "drift"}}})
                           .judge();
    CHECK(found.verdicts == "PPFP?P");
    CHECK(found.evidence[2] == "before=2024-01-31 days=90");
    CHECK(found.evidence[3].empty());
}

TEST_CASE("working days are those of the test's calendar") {
    Trial trial(example_timeliness(), "deadline");
    trial.with("within", Duration{3, Unit::working_days})
        .as_at("2024-06-01")
        .records({"start", "event"}, {{"A", {"2024-05-02", "2024-05-08"}},
                                      {"B", {"2024-05-02", date("2024-05-09")}},
                                      {"C", {"2024-05-02", missing}},
                                      {"D", {invalid(), "2024-05-09"}}});
    CHECK(trial.judge().verdicts == "FFF?");
    const auto found = trial.holidays({"2024-05-06"}).judge();  // a trial may judge again
    CHECK(found.verdicts == "PFF?");
    CHECK_THAT(found.evidence[1], Catch::StartsWith("due=2024-05-08 event=2024-05-09 late=1"));
    CHECK(trial.with("within", Duration{4, Unit::working_days}).judge().verdicts == "PPF?");
}

TEST_CASE("a plugin written in C is tested the same way") {
    const auto found = Trial(example_in_c(), "minimum").with("least", 5).records({"value"}, {{"A", {7}}, {"B", {3}}}).judge();
    CHECK(found.verdicts == "PF");
    CHECK(found.evidence[1] == "short=2");
}

TEST_CASE("limits that a parameter declares are held before anything is judged") {
    CHECK(refusal_of(limited().with("times", 0)) == "times: must be from 1 to 12");
    CHECK(refusal_of(limited().with("times", 13)) == "times: must be from 1 to 12");
    CHECK(refusal_of(limited().with("times", 12)) == "");
    CHECK(refusal_of(limited().with("share", 1.5)) == "share: must be at most 1");
    CHECK(refusal_of(limited().with("share", 1)) == "");
    CHECK(refusal_of(limited().with_list("allowed", {10, 9})) == "allowed: must be at least 10");
    CHECK(refusal_of(limited().with("within", Duration{0, Unit::weeks})) == "within: must be at least 1");
    CHECK(refusal_of(limited().with("within", Duration{2, Unit::days})) == "within: must be in weeks or months");
    CHECK(refusal_of(limited().with("within", Duration{2, Unit::months})) == "");
    CHECK(refusal_of(limited().records({"number"}, {{"A", {15}}})) == ": a number too far");
}

TEST_CASE("columns of a case hold what its rows hold, missing and invalid ones included") {
    const auto found = limited()
                           .records({"number", "shown", "shown"}, {{"A", {100, true, "a"}},
                                                                  {"A", {missing, false, "b"}},
                                                                  {"A", {invalid(), false, "c"}},
                                                                  {"A", {50, false, missing}},
                                                                  {"B", {101, false, missing}}})
                           .judge();
    CHECK(found.verdicts == "F??PF");
    CHECK(found.evidence[0] == "value=a count=150");
    CHECK(found.evidence[4] == "value= count=101");
    CHECK(limited().records({}, {{"A", {}}}).judge().verdicts == "?");
}

TEST_CASE("what breaks the contract is noticed") {
    const auto of = [](int number) { return limited().records({"number"}, {{"A", {number}}}); };
    CHECK_THROWS_WITH(of(13).judge(), Equals("row 0 got two verdicts"));
    CHECK_THROWS_WITH(of(14).judge(), Equals("the check does not declare evidence 'undeclared' of that type"));
}

TEST_CASE("a test that does not fit the check says so") {
    CHECK_THROWS_WITH(Trial(limited_plugin(), "absent"), Equals("the plugin has no check 'absent'"));
    CHECK_THROWS_WITH(limited().with("absent", 1), Equals("the check has no parameter 'absent'"));
    CHECK_THROWS_WITH(limited().with("number", 1), Equals("'number' is an expression: give it with records()"));
    CHECK_THROWS_WITH(limited().with("times", "often").judge(), Equals("a literal is not of the type that 'times' wants"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {"7"}}}).judge(),
                      Equals("a literal is not of the type that 'number' wants"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {}}}).judge(),
                      Equals("a record has not as many cells as there are expressions"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {1}}, {"B", {2}}, {"A", {3}}}).judge(),
                      Equals("the rows of case 'A' do not stand together"));
    CHECK_THROWS_WITH(Trial(example_authority(), "raised-again").judge(), Equals("the check needs 'raised_on'"));
    CHECK_THROWS_WITH(date("2024-02-30"), Equals("'2024-02-30' is no date: write 2024-01-31"));
}
