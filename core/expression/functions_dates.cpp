#include "expression/function_table.h"
#include "expression/kernels.h"
#include "expression/states.h"

namespace caseaudit::expression {
namespace {

bool is_literal(const SyntaxPointer& tree) {
    return tree->form == Form::constant ||
           (tree->form == Form::unary && tree->children[0]->form == Form::constant);
}

// date(2016, 4, 1) of numbers that are written out.
Value date_of(Checker& checker, Call& call, const std::vector<Value>& values) {
    const std::int64_t year = values[0].constant->integer, month = values[1].constant->integer,
                       day = values[2].constant->integer;
    Constant constant;
    constant.kind = Kind::date;
    constant.date = find_day(year, month, day);
    if (constant.date != missing32) return checker.constant(constant);
    std::string hint = "write year, month and day of a day that exists, from 1800 to 2300";
    if (year >= 1800 && year <= 2300 && month >= 1 && month <= 12)
        hint = fmt::format("{}-{:02} has {} days", year, month,
                           calendar::days_in_month(static_cast<int>(year), static_cast<int>(month)));
    return checker.fail(call.tree, call.names, "expression.date", "there is no such day", std::move(hint));
}

// date('2016-04-01'), read when the rule is loaded; date(text); date(year, month, day).
Value check_date(Checker& checker, Call& call) {
    Type type;
    type.kind = Kind::date;
    std::vector<Value> values;
    bool fine = call.arguments.size() != 2;
    if (!fine)
        checker.fail(call.tree, call.names, "expression.arguments",
                     "date takes a text, or year, month and day", call.function.doc.signature);
    for (const SyntaxPointer& argument : call.arguments) {
        values.push_back(checker.check(argument, call.names));
        fine = checker.require(argument, call.names, values.back(),
                               call.arguments.size() == 1 ? Kind::text : Kind::integer) &&
               fine;
    }
    if (!fine) return Checker::failed();
    if (std::all_of(call.arguments.begin(), call.arguments.end(), is_literal) && values.size() == 3)
        return date_of(checker, call, values);
    if (values.size() == 3) return checker.apply(kernels::make_date, type, values);
    if (!values[0].constant) return checker.apply(kernels::date_from_text, type, values);
    Constant constant;
    constant.kind = Kind::date;
    if (!calendar::parse_iso(values[0].constant->text, constant.date))
        return checker.fail(call.arguments[0], call.names, "expression.date", "this is not a date",
                            "write a day that exists as '2026-03-31'");
    return checker.constant(constant);
}

Value check_interval(Checker& checker, Call& call) {
    Value start = checker.check(call.arguments[0], call.names),
          end = checker.check(call.arguments[1], call.names);
    const bool fine = checker.require(call.arguments[0], call.names, start, Kind::date);
    if (!checker.require(call.arguments[1], call.names, end, Kind::date) || !fine) return Checker::failed();
    auto interval = std::make_shared<IntervalValue>();
    interval->start = start;
    interval->end = end;
    Value value;
    value.type.kind = Kind::interval;
    value.interval = interval;
    return value;
}

Value check_overlaps(Checker& checker, Call& call) {
    const Value a = checker.check(call.arguments[0], call.names),
                b = checker.check(call.arguments[1], call.names);
    if (a.failed || b.failed) return Checker::failed();
    if (a.type.kind != Kind::interval || b.type.kind != Kind::interval)
        return checker.type_error(call.tree, call.names, "overlaps takes two intervals",
                                  "interval(start, end) makes one");
    return checker.apply(kernels::overlaps, {},
                         {a.interval->start, a.interval->end, b.interval->start, b.interval->end});
}

}  // namespace

void add_date_functions(std::vector<Function>& table) {
    constexpr Kind date = Kind::date, integer = Kind::integer;
    const std::string either = "Missing if either is, invalid if either is.";
    const std::string one = "Missing or invalid if the date is.";
    add(table,
        {"date", "date('yyyy-mm-dd') -> date; date(year, month, day) -> date",
         "Missing or invalid if an argument is. A day that does not exist is an error when the rule is "
         "loaded; of computed numbers it is missing, of computed text invalid.",
         "date('2016-04-01')", "1 April 2016"},
        1, 3, check_date);
    add(table, {"year", "year(date) -> integer", one, "year(DECOM)", "2025"}, {date}, integer,
        kernels::year_of);
    add(table, {"month", "month(date) -> integer", one, "month(DECOM)", "9"}, {date}, integer,
        kernels::month_of);
    add(table, {"day", "day(date) -> integer", one, "day(DECOM)", "1"}, {date}, integer, kernels::day_of);
    add(table,
        {"day_of_week", "day_of_week(date) -> integer", one + " 1 is Monday, 7 Sunday.", "day_of_week(DECOM)",
         "1"},
        {date}, integer, kernels::day_of_week);
    add(table, {"year_month", "year_month(date) -> text", one, "year_month(DECOM)", "2025-09"}, {date},
        Kind::text, kernels::year_month);
    add(table,
        {"quarter", "quarter(date) -> text", one + " Quarters of the calendar year.", "quarter(DECOM)",
         "2025-Q3"},
        {date}, Kind::text, kernels::quarter);
    add(table,
        {"financial_year", "financial_year(date) -> text", one + " From 1 April to 31 March.",
         "financial_year(date('2026-03-31'))", "2025/26"},
        {date}, Kind::text, kernels::financial_year);
    add(table,
        {"is_working_day", "is_working_day(date) -> boolean",
         "Undecided if the date is missing or invalid. Not a Saturday, a Sunday or a holiday of the pack's "
         "calendar.",
         "is_working_day(date('2025-12-25'))", "no"},
        {date}, Kind::boolean, kernels::is_working_day);
    const std::string outside = either + " Missing when the result is not between 1800 and 2300.";
    add(table,
        {"add_days", "add_days(date, integer) -> date", outside, "add_days(DECOM, 20)", "21 September 2025"},
        {date, integer}, date, kernels::add_days);
    add(table,
        {"add_weeks", "add_weeks(date, integer) -> date", outside, "add_weeks(DECOM, 6)", "13 October 2025"},
        {date, integer}, date, kernels::add_weeks);
    add(table,
        {"add_months", "add_months(date, integer) -> date",
         outside + " Keeps the day of the month, or takes the last day of a shorter month.",
         "add_months(date('2026-01-31'), 1)", "28 February 2026"},
        {date, integer}, date, kernels::add_months);
    add(table,
        {"add_years", "add_years(date, integer) -> date", outside + " 29 February and a year is 28 February.",
         "add_years(header.DOB, 17)", "28 February 2025"},
        {date, integer}, date, kernels::add_years);
    add(table,
        {"add_working_days", "add_working_days(date, integer) -> date",
         outside + " The n-th working day after the date; before it when n is negative.",
         "add_working_days(DECOM, 20)", "29 September 2025"},
        {date, integer}, date, kernels::add_working_days);
    add(table,
        {"days_between", "days_between(a, b) -> integer", either + " b - a in days.",
         "days_between(DECOM, DEC)", "105"},
        {date, date}, integer, kernels::days_between);
    add(table,
        {"working_days_between", "working_days_between(a, b) -> integer",
         either + " Working days after a, up to and with b; negative when b is before a.",
         "working_days_between(DECOM, date('2025-09-08'))", "5"},
        {date, date}, integer, kernels::working_days_between);
    add(table,
        {"months_between", "months_between(a, b) -> integer",
         either + " Whole months; negative when b is before a.", "months_between(DECOM, DEC)", "3"},
        {date, date}, integer, kernels::months_between);
    add(table,
        {"age_at", "age_at(birth, date) -> integer",
         either + " Whole years. A birthday on 29 February is reached on 28 February of a common year.",
         "age_at(header.DOB, DECOM)", "17"},
        {date, date}, integer, kernels::age_at);
    add(table,
        {"interval", "interval(start, end) -> interval",
         "From start up to, but not with, end; a missing end is open. For overlaps and contains.",
         "interval(DECOM, DEC).contains(date('2025-10-01'))", "yes"},
        2, 2, check_interval);
    add(table,
        {"overlaps", "interval.overlaps(interval) -> boolean",
         "Whether a day is in both. Undecided if a start is missing or anything is invalid.",
         "interval(DECOM, DEC).overlaps(interval(prev.DECOM, prev.DEC))", "no"},
        2, 2, check_overlaps);
}

}  // namespace caseaudit::expression
