#include "expression/function_table.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

bool is_number(const Value& value) {
    return value.type.kind == Kind::integer || value.type.kind == Kind::decimal;
}

Value number_argument(Checker& checker, Call& call) {
    Value value = checker.check(call.arguments[0], call.names);
    if (value.failed || is_number(value)) return value;
    return checker.type_error(call.arguments[0], call.names,
                              fmt::format("{} takes a number, but this is {}", call.function.doc.name,
                                          checker.describe_type(value.type)));
}

Value check_abs(Checker& checker, Call& call) {
    Value value = number_argument(checker, call);
    return value.failed ? value : checker.apply(kernels::absolute(value.type.kind), value.type, {value});
}

Value check_floor(Checker& checker, Call& call) {
    Value value = number_argument(checker, call);
    if (value.failed || value.type.kind == Kind::integer) return value;
    Type type;
    type.kind = Kind::integer;
    return checker.apply(kernels::floor_of, type, {value});
}

Value check_pair(Checker& checker, Call& call, Kernel (*kernel)(Kind)) {
    Value a = checker.check(call.arguments[0], call.names), b = checker.check(call.arguments[1], call.names);
    if (!checker.unify(call.tree, call.names, a, b)) return Checker::failed();
    if (!is_number(a) && a.type.kind != Kind::date)
        return checker.type_error(call.tree, call.names,
                                  fmt::format("{} takes numbers or dates, but these are {}",
                                              call.function.doc.name, checker.describe_type(a.type)));
    return checker.apply(kernel(a.type.kind), a.type, {a, b});
}

}  // namespace

void add_number_functions(std::vector<Function>& table) {
    const std::string either = "Missing if either is, invalid if either is.";
    add(table, {"abs", "abs(number) -> number", "Missing or invalid if the number is.", "abs(3 - 5)", "2"}, 1,
        1, check_abs);
    add(table,
        {"floor", "floor(decimal) -> integer",
         "The greatest integer that is not above it. Missing or invalid if the number is.", "floor(-2.5)",
         "-3"},
        1, 1, check_floor);
    add(table,
        {"least", "least(a, b) -> type of a", either + " Takes numbers and dates.", "least(DEC, as_at)",
         "15 December 2025"},
        2, 2, [](Checker& checker, Call& call) { return check_pair(checker, call, kernels::least); });
    add(table,
        {"greatest", "greatest(a, b) -> type of a", either + " Takes numbers and dates.",
         "greatest(DECOM, collection.start)", "1 September 2025"},
        2, 2, [](Checker& checker, Call& call) { return check_pair(checker, call, kernels::greatest); });
    add(table,
        {"miles_between", "miles_between(easting, northing, easting, northing) -> decimal",
         "Between two points of one national grid, given in metres; in a straight line, to one decimal. "
         "Missing if any of the four is missing or invalid.",
         "miles_between(400000, 300000, 410000, 300000)", "6.2"},
        {Kind::integer, Kind::integer, Kind::integer, Kind::integer}, Kind::decimal, kernels::miles_between);
}

}  // namespace caseaudit::expression
