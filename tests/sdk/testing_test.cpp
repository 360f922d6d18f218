// The unit tests that a plugin's author writes: of the example plugin, of a bundled one, and of a check that
// breaks the contract, which the helper must notice.
#include <caseaudit/sdk.hpp>
#include <caseaudit/sdk/testing.hpp>
#include <catch2/catch.hpp>

using namespace caseaudit::sdk;
using namespace caseaudit::sdk::testing;
using Catch::Matchers::Equals;

extern "C" {
const caseaudit_plugin* example_authority(void);
const caseaudit_plugin* example_timeliness(void);
const caseaudit_plugin* contract_in_c(void);
}

namespace {

// Every sort of parameter and column, and ways to break the contract.
struct Limited {
    static constexpr auto name = "limited";
    static constexpr auto description = "A number is among those allowed.";
    Expression<std::int64_t> number;
    ExpressionList<Value> shown;
    Constant<std::int64_t> times;
    Constant<double> share{0.5};
    ConstantList<std::int64_t> allowed;
    Constant<Duration> within;
    Constant<std::string> word;
    Constant<Date> from;
    Constant<bool> strict;
    static constexpr auto parameters =
        std::tuple{optional(&Limited::number, "number", "The number."),
                   optional(&Limited::shown, "shown", "What is shown."),
                   optional(&Limited::times, "times", "How often.").at_least(1).at_most(12).otherwise(3),
                   optional(&Limited::share, "share", "A share; default 0.5.").at_most(1),
                   optional(&Limited::allowed, "allowed", "Numbers.").at_least(10),
                   optional(&Limited::within, "within", "A time.")
                       .at_least(1)
                       .in({Unit::weeks, Unit::months})
                       .otherwise({6, Unit::weeks}),
                   optional(&Limited::word, "word", "A word.").otherwise("all"),
                   optional(&Limited::from, "from", "A day.").otherwise(Date{19000}),
                   optional(&Limited::strict, "strict", "Strictly.").otherwise(true)};
    static constexpr std::array evidence = {
        caseaudit_evidence_schema{sizeof(caseaudit_evidence_schema), 0, "value", "What it is."},
        shows<std::int64_t>("count", "How many numbers there are.")};

    void prepare(const Context&) const {
        if (!times.given() && *times != 3) throw Refusal("times", "has lost its default");
        if (!within.given() && *within != Duration{6, Unit::weeks})
            throw Refusal("within", "has lost its default");
        if (*word != "all" || *from != Date{19000} || !*strict) throw Refusal("word", "has lost its default");
    }
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
            } else if (*one == 16) {
                row.fails({}, {rows[0], row});
            } else if (*one == 17) {
                row.fails({}, {rows[std::size_t{0} - 1]});  // of the case before
            } else if (*one > 99) {
                row.fails({{"value", row.cell(shown, 1)}, {"count", sum}});
            }
        }
    }
};

// Cells by the name of the parameter, rows by the name that the check gives them.
struct ByName {
    static constexpr auto name = "by-name";
    static constexpr auto description = "A review is held within a time of the one before.";
    static constexpr auto table = "reviews";
    Expression<Date> held;
    Expression<std::string_view> kind;
    Expression<Value> anything;
    Constant<std::string> ask;
    static constexpr auto parameters =
        std::tuple{required(&ByName::held, "held", "The day."), optional(&ByName::kind, "kind", "What kind."),
                   optional(&ByName::anything, "anything", "Whatever."),
                   optional(&ByName::ask, "ask", "What to ask for.").otherwise("held")};
    static constexpr std::array evidence = {shows<Date>("before", "The one before.")};

    void judge(const Case& kase) const {
        std::optional<Date> before;
        for (const auto review : kase.table(*ask == "visits" ? "visits" : "reviews")) {
            if (*ask == "absent") static_cast<void>(review.date("absent"));
            if (*ask == "kind") static_cast<void>(review.date("kind"));
            if (*ask == "anything") static_cast<void>(review.integer("anything"));
            if (const auto held_on = review.date("held")) {
                if (before && *held_on - *before > 100) review.fails({{"before", *before}});
                before = *held_on;
            } else if (!review.text("kind")) {
                review.undecided();
            }
        }
    }
};

struct NoTable : ByName {
    static constexpr auto name = "no-table";
    static constexpr auto table = "";
};

#undef CASEAUDIT_PLUGIN_SYMBOL
#define CASEAUDIT_PLUGIN_SYMBOL limited_plugin
}  // namespace
CASEAUDIT_PLUGIN("limited", "1.0", "For these tests.", Limited, ByName, NoTable)
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
    CHECK(found.judged_by[2] == std::vector<std::size_t>{0});
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
    const auto found = Trial(contract_in_c(), "minimum")
                           .with("least", 5)
                           .records({"value"}, {{"A", {7}}, {"B", {3}}})
                           .judge();
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
    CHECK(refusal_of(limited().with("within", Duration{2, Unit::days})) ==
          "within: must be in weeks or months");
    CHECK(refusal_of(limited().with("within", Duration{2, Unit::months})) == "");
    CHECK(refusal_of(limited().records({"number"}, {{"A", {15}}})) == ": a number too far");
    CHECK(refusal_of(limited()) == "");
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

TEST_CASE("cells are read by the names that the check declares") {
    Trial trial(limited_plugin(), "by-name");
    trial.records({"held", "kind"}, {{"A", {"2024-01-31", "midway"}},
                                     {"A", {missing, "statutory"}},
                                     {"A", {invalid(), missing}},
                                     {"A", {"2024-07-31", missing}},
                                     {"B", {"2024-12-31", missing}}});
    const auto found = trial.judge();
    CHECK(found.verdicts == "PP?FP");
    CHECK(found.evidence[3] == "before=2024-01-31");
    // An expression that the rule leaves out is missing in each row.
    CHECK(Trial(limited_plugin(), "by-name").records({"held"}, {{"A", {missing}}}).judge().verdicts == "?");
}

TEST_CASE("a name that is not declared is refused, with those that are") {
    const auto asking = [](const char* what) {
        return Trial(limited_plugin(), "by-name")
            .with("ask", what)
            .records({"held", "kind", "anything"}, {{"A", {"2024-01-31", "midway", true}}});
    };
    CHECK(refusal_of(asking("held")) == "");
    CHECK(refusal_of(asking("absent")) ==
          ": the check reads 'absent', which it does not declare as an expression parameter; it declares "
          "held, kind, "
          "anything");
    CHECK(refusal_of(asking("kind")) == ": the check reads 'kind' as another type than it declares");
    CHECK(refusal_of(asking("anything")) == ": the check reads 'anything' as another type than it declares");
    CHECK(refusal_of(asking("visits")) ==
          ": the check asks for table 'visits', and declares 'reviews', the rows that it judges, alone: what "
          "it needs of "
          "other tables are expression parameters of these rows");
    CHECK_THAT(refusal_of(Trial(limited_plugin(), "no-table").records({"held"}, {{"A", {missing}}})),
               Catch::StartsWith(": the check asks for table 'reviews', and declares none"));
}

TEST_CASE("what breaks the contract is noticed") {
    const auto of = [](int number) { return limited().records({"number"}, {{"A", {number}}}); };
    CHECK_THROWS_WITH(of(13).judge(), Equals("row 0 got two verdicts"));
    CHECK_THROWS_WITH(of(14).judge(),
                      Equals("the check does not declare evidence 'undeclared' of that type"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {1}}, {"B", {17}}}).judge(),
                      Equals("row 1 was judged by a row that is not of its case"));
}

TEST_CASE("rows by which a row was judged are told with it") {
    const auto found = limited().records({"number"}, {{"A", {1}}, {"B", {2}}, {"B", {16}}}).judge();
    CHECK(found.verdicts == "PPF");
    CHECK(found.judged_by[2] == std::vector<std::size_t>{1, 2});
    CHECK(found.judged_by[1].empty());
}

TEST_CASE("limits and defaults are in the table that the host reads") {
    const auto& check = *limited_plugin()->checks[0];
    const auto& times = *check.parameters[2];
    CHECK(std::string(times.name) == "times");
    CHECK(range_in_words(times) == "from 1 to 12");
    CHECK(times.otherwise.type == CASEAUDIT_INTEGER);
    CHECK(times.otherwise.as.integer == 3);
    const auto& within = *check.parameters[5];
    CHECK(units_in_words(within) == "in weeks or months");
    CHECK(within.otherwise.unit == CASEAUDIT_WEEKS);
    CHECK(view(check.parameters[6]->otherwise.as.text) == "all");
    // A plugin of version 1.0 has no such members: nothing beyond its structure is read.
    caseaudit_parameter old = times;
    old.struct_size = offsetof(caseaudit_parameter, limits);
    CHECK(range_in_words(complete(old)).empty());
    CHECK(within_range(complete(old), times.otherwise));
}

TEST_CASE("a test that does not fit the check says so") {
    CHECK_THROWS_WITH(Trial(limited_plugin(), "absent"), Equals("the plugin has no check 'absent'"));
    CHECK_THROWS_WITH(limited().with("absent", 1), Equals("the check has no parameter 'absent'"));
    CHECK_THROWS_WITH(limited().with("number", 1),
                      Equals("'number' is an expression: give it with records()"));
    CHECK_THROWS_WITH(limited().with("times", "often").judge(),
                      Equals("a literal is not of the type that 'times' wants"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {"7"}}}).judge(),
                      Equals("a literal is not of the type that 'number' wants"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {}}}).judge(),
                      Equals("a record has not as many cells as there are expressions"));
    CHECK_THROWS_WITH(limited().records({"number"}, {{"A", {1}}, {"B", {2}}, {"A", {3}}}).judge(),
                      Equals("the rows of case 'A' do not stand together"));
    CHECK_THROWS_WITH(Trial(example_authority(), "raised-again").judge(),
                      Equals("the check needs 'raised_on'"));
    CHECK_THROWS_WITH(date("2024-02-30"), Equals("'2024-02-30' is no date: write 2024-01-31"));
}
