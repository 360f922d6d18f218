// What a check is made with arrives as it was given.
#include "sandbox/configuration.h"
#include "calendar/civil.h"
#include "plugin/arguments.h"

using namespace caseaudit;
using namespace caseaudit::sandbox;

namespace {

constexpr caseaudit_parameter parameter(const char* name, caseaudit_parameter_kind kind, int type) {
    caseaudit_parameter made{};
    made.struct_size = sizeof made;
    made.kind = kind;
    made.type = type;
    made.name = name;
    made.description = "";
    return made;
}
constexpr caseaudit_parameter given[] = {parameter("one", CASEAUDIT_CONSTANT, CASEAUDIT_DURATION),
                                         parameter("two", CASEAUDIT_CONSTANT_LIST, CASEAUDIT_TEXT),
                                         parameter("three", CASEAUDIT_EXPRESSION, CASEAUDIT_DATE),
                                         parameter("four", CASEAUDIT_EXPRESSION_LIST, 0),
                                         parameter("five", CASEAUDIT_CONSTANT, CASEAUDIT_DECIMAL)};
constexpr const caseaudit_parameter* parameters[] = {&given[0], &given[1], &given[2], &given[3], &given[4]};
constexpr caseaudit_check check = {
    sizeof(caseaudit_check), "c", "", 5, parameters, 0, nullptr, nullptr, nullptr, nullptr, 0};

std::string_view view(caseaudit_string text) {
    return {text.data, text.size};
}

}  // namespace

TEST_CASE("a configuration survives the way to another process") {
    plugin::ArgumentSet set(check);
    REQUIRE(set.constant("one", plugin::ConstantValue::of_duration(3, CASEAUDIT_WORKING_DAYS)).empty());
    REQUIRE(set.constants("two", {plugin::ConstantValue::of_text("A"), plugin::ConstantValue::of_text("")})
                .empty());
    REQUIRE(set.expression("three", {CASEAUDIT_DATE, "period.start"}).empty());
    REQUIRE(set.expressions("four", {{CASEAUDIT_DATE, "a"}, {CASEAUDIT_TEXT, "b"}}).empty());
    REQUIRE(set.constant("five", plugin::ConstantValue::of_decimal(2.5)).empty());
    // Easter Monday 2024 is 1 April; the day itself is a Monday.
    const calendar::Day monday = 19814;
    const calendar::WorkingDays days(monday - 100, monday + 100, {monday});
    const Configuration read(encode_configuration(set.configuration("pack", "rule", 19900), days));
    const auto& configuration = read.get();
    CHECK(configuration.as_at == 19900);
    CHECK(view(configuration.pack) == "pack");
    CHECK(view(configuration.rule) == "rule");
    REQUIRE(configuration.argument_count == 5);
    const auto& arguments = configuration.arguments;
    CHECK(view(arguments[0]->name) == "one");
    CHECK(arguments[0]->values[0].type == CASEAUDIT_DURATION);
    CHECK(arguments[0]->values[0].unit == CASEAUDIT_WORKING_DAYS);
    CHECK(arguments[0]->values[0].as.integer == 3);
    REQUIRE(arguments[1]->count == 2);
    CHECK(view(arguments[1]->values[0].as.text) == "A");
    CHECK(arguments[1]->values[1].as.text.size == 0);
    CHECK(arguments[2]->values == nullptr);
    CHECK(arguments[2]->column == 0);
    CHECK(view(arguments[2]->texts[0]) == "period.start");
    CHECK(arguments[3]->column == 1);
    CHECK(arguments[3]->type == 0);
    CHECK(view(arguments[3]->texts[1]) == "b");
    CHECK(arguments[4]->values[0].as.decimal == 2.5);
    CHECK_FALSE(read.working_days().is_working(monday));
    for (calendar::Day day = monday - 400; day < monday + 400; ++day)
        CHECK(read.working_days().between(monday - 400, day) == days.between(monday - 400, day));
}

TEST_CASE("a calendar without holidays has none on the other side") {
    plugin::ArgumentSet set(check);
    const Configuration read(encode_configuration(set.configuration("p", "r", 0), calendar::WorkingDays()));
    CHECK(read.working_days().add(0, 5) == calendar::WorkingDays().add(0, 5));
    CHECK(read.get().argument_count == 0);
}
