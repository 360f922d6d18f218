#include "plugin/arguments.h"

#include "plugin/trial.h"

using namespace caseaudit::plugin;

TEST_CASE("arguments come in the order of the schema, columns in the order given") {
    ArgumentSet arguments(check_named(linked_timeliness(), "deadline"));
    CHECK(arguments.constant("within", ConstantValue::of_duration(3, CASEAUDIT_WORKING_DAYS)) == "");
    CHECK(arguments.expression("event", {CASEAUDIT_DATE, "notified_on"}) == "");
    CHECK(arguments.expression("start", {CASEAUDIT_DATE, "period.start"}) == "");
    CHECK(arguments.constant("missing_event", ConstantValue::of_text("passes")) == "");
    CHECK(arguments.column_count() == 2);
    const auto& configuration = arguments.configuration("iro", "late", 19'000);
    CHECK(configuration.as_at == 19'000);
    CHECK(std::string(configuration.rule.data, configuration.rule.size) == "late");
    REQUIRE(configuration.argument_count == 4);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < 4; ++i)
        names.emplace_back(configuration.arguments[i]->name.data, configuration.arguments[i]->name.size);
    CHECK(names == std::vector<std::string>{"start", "event", "within", "missing_event"});
    CHECK(configuration.arguments[0]->column == 1);
    CHECK(configuration.arguments[1]->column == 0);
    const caseaudit_string text = configuration.arguments[0]->texts[0];
    CHECK(std::string(text.data, text.size) == "period.start");
    CHECK(configuration.arguments[2]->values[0].as.integer == 3);
    CHECK(configuration.arguments[2]->values[0].unit == CASEAUDIT_WORKING_DAYS);
    CHECK(configuration.arguments[2]->texts == nullptr);
    CHECK(configuration.arguments[0]->values == nullptr);
}

TEST_CASE("a list of expressions of mixed types says that it has no one type") {
    ArgumentSet arguments(check_named(linked_completeness(), "present"));
    CHECK(arguments.expressions("values", {{CASEAUDIT_DATE, "DOB"}, {CASEAUDIT_TEXT, "SEX"}}) == "");
    const auto& configuration = arguments.configuration("p", "r", 0);
    CHECK(configuration.arguments[0]->type == 0);
    CHECK(configuration.arguments[0]->count == 2);
    CHECK(arguments.column_count() == 2);
}

TEST_CASE("what does not fit its parameter is told, and nothing of it kept") {
    ArgumentSet arguments(check_named(linked_timeliness(), "deadline"));
    CHECK(arguments.expression("evnt", {CASEAUDIT_DATE, ""}) == "the check has no parameter 'evnt'");
    CHECK(arguments.expression("event", {CASEAUDIT_TEXT, ""}) ==
          "parameter 'event' wants an expression (date), not one of type text");
    CHECK(arguments.constant("event", ConstantValue::of_date(1)) ==
          "parameter 'event' wants an expression (date), not a constant");
    CHECK(arguments.constant("within", ConstantValue::of_integer(3)) ==
          "parameter 'within' wants a duration such as {working_days: 3}, not one of type integer");
    CHECK(arguments.constants("missing_event", {ConstantValue::of_text("passes")}) ==
          "parameter 'missing_event' wants a constant (text), not a list");
    CHECK(arguments.expressions("start", {{CASEAUDIT_DATE, ""}}) ==
          "parameter 'start' wants an expression (date), not a list");
    CHECK(arguments.column_count() == 0);
    CHECK(arguments.configuration("p", "r", 0).argument_count == 0);
}

TEST_CASE("a constant outside of the limits that its parameter declares does not fit") {
    ArgumentSet arguments(check_named(linked_timeliness(), "deadline"));
    CHECK(arguments.constant("within", ConstantValue::of_duration(-1, CASEAUDIT_DAYS)) ==
          "parameter 'within' must be at least 0");
    CHECK(arguments.constant("late_from", ConstantValue::of_duration(0, CASEAUDIT_DAYS)) ==
          "parameter 'late_from' must be at least 1");
    CHECK(arguments.constant("within", ConstantValue::of_duration(0, CASEAUDIT_DAYS)) == "");
    ParameterSchema share;
    share.declared.limits = CASEAUDIT_AT_MOST;
    share.declared.most = 0.5;
    CHECK(outside_limits(share, ConstantValue::of_decimal(0.5)) == "");
    CHECK(outside_limits(share, ConstantValue::of_decimal(0.51)) == "must be at most 0.5");
    CHECK(outside_limits(share, ConstantValue::of_integer(1)) == "must be at most 0.5");
    CHECK(outside_limits(share, ConstantValue::of_text("9")) == "");
    ParameterSchema within;
    within.declared.units = 1u << CASEAUDIT_WEEKS | 1u << CASEAUDIT_MONTHS;
    CHECK(outside_limits(within, ConstantValue::of_duration(3, CASEAUDIT_MONTHS)) == "");
    CHECK(outside_limits(within, ConstantValue::of_duration(3, CASEAUDIT_DAYS)) ==
          "must be in weeks or months");
}
