#include "plugin/schema.h"

#include "plugin/trial.h"

using namespace caseaudit;
using namespace caseaudit::plugin;

namespace {
std::vector<std::string> problems(const std::vector<Given>& given) {
    std::vector<std::string> texts;
    for (const auto& problem : validate("timeliness.deadline", check_named(linked_timeliness(), "deadline"),
                                        given, {"rules.yaml", 3, 5}, {"pack p", "rule r"})) {
        CHECK(problem.within == std::vector<std::string>{"pack p", "rule r"});
        texts.push_back(fmt::format("{}:{}: {}: {} [{}]", problem.place.line, problem.place.column,
                                    problem.code, problem.message, problem.hint));
    }
    return texts;
}
}  // namespace

TEST_CASE("a check's schema is read in C++ terms") {
    const auto schema = schema_of(check_named(linked_timeliness(), "deadline"));
    REQUIRE(schema.find("within") != nullptr);
    CHECK(schema.find("within")->type == CASEAUDIT_DURATION);
    CHECK_FALSE(schema.find("within")->required);
    CHECK(schema.find("event")->required);
    CHECK(schema.find("event")->is_expression());
    CHECK(schema.find("grace") == nullptr);
    CHECK(schema.shows("due"));
    CHECK_FALSE(schema.shows("within"));
    CHECK(schema_of(check_named(linked_completeness(), "present")).find("values")->is_list());
}

TEST_CASE("everything that is wrong with a rule's arguments is told at once") {
    CHECK(problems({{"event", Form::scalar, {}}, {"within", Form::map, {}}}).empty());
    const auto told = problems({{"evnt", Form::scalar, {"rules.yaml", 4, 7}},
                                {"within", Form::scalar, {"rules.yaml", 5, 7}},
                                {"start", Form::list, {"rules.yaml", 6, 7}},
                                {"before", Form::nothing, {"rules.yaml", 7, 7}}});
    REQUIRE(told.size() == 5);
    CHECK(told[0] ==
          "4:7: pack.unknown-parameter: the check timeliness.deadline has no parameter 'evnt' "
          "[did you mean 'event'?]");
    CHECK(told[1].starts_with(
        "5:7: pack.parameter-form: parameter 'within' of timeliness.deadline wants a duration "
        "such as {working_days: 3}, not one value"));
    CHECK(
        told[2].starts_with("6:7: pack.parameter-form: parameter 'start' of timeliness.deadline wants an "
                            "expression (date), not a list"));
    CHECK(told[3].starts_with(
        "7:7: pack.parameter-form: parameter 'before' of timeliness.deadline wants a constant "
        "(boolean), not nothing"));
    CHECK(told[4] ==
          "3:5: pack.missing-parameter: the check timeliness.deadline needs the parameter 'event' [give an "
          "expression (date) below `with:`: The day it was done.]");
}

TEST_CASE("a name like no other is answered with all the names") {
    const auto told = problems({{"event", Form::scalar, {}}, {"colour", Form::scalar, {}}});
    REQUIRE(told.size() == 1);
    CHECK(told[0].ends_with(
        "[its parameters are start, event, within, late_from, before, due, as_at, missing_event, "
        "not_yet_due]"));
}

TEST_CASE("units are read and written as rules write them") {
    for (const auto& name : unit_names()) CHECK(unit_name(parse_unit(name).value()) == name);
    CHECK(unit_names().size() == 5);
    CHECK_FALSE(parse_unit("working days").has_value());
    CHECK(unit_name(0) == "");
}
