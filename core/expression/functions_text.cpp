#include <re2/re2.h>

#include "expression/function_table.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

Type type_of(Kind kind) {
    Type type;
    type.kind = kind;
    return type;
}

// Text contains text; an interval contains a date.
Value check_contains(Checker& checker, Call& call) {
    Value whole = checker.check(call.arguments[0], call.names),
          part = checker.check(call.arguments[1], call.names);
    if (whole.failed || part.failed) return Checker::failed();
    if (whole.type.kind == Kind::interval) {
        if (!checker.require(call.arguments[1], call.names, part, Kind::date)) return Checker::failed();
        return checker.apply(kernels::interval_contains, {},
                             {whole.interval->start, whole.interval->end, part});
    }
    if (whole.type.kind == Kind::list)
        return checker.type_error(call.tree, call.names, "contains takes a text or an interval",
                                  "write value in list");
    const bool fine = checker.require(call.arguments[0], call.names, whole, Kind::text);
    if (!checker.require(call.arguments[1], call.names, part, Kind::text) || !fine) return Checker::failed();
    return checker.apply(kernels::contains, {}, {whole, part});
}

Value check_matches(Checker& checker, Call& call) {
    Value text = checker.check(call.arguments[0], call.names),
          pattern = checker.check(call.arguments[1], call.names);
    if (!checker.require(call.arguments[0], call.names, text, Kind::text) || pattern.failed)
        return Checker::failed();
    if (!pattern.constant || pattern.type.kind != Kind::text)
        return checker.type_error(call.arguments[1], call.names,
                                  "the pattern must be a text that is written out");
    const re2::RE2 compiled(pattern.constant->text, re2::RE2::Quiet);
    if (!compiled.ok())
        return checker.fail(call.arguments[1], call.names, "expression.pattern",
                            fmt::format("this pattern is not valid: {}", compiled.error()));
    return checker.apply(kernels::matches, {}, {text}, checker.graph().add_pattern(pattern.constant->text));
}

Value check_size(Checker& checker, Call& call) {
    Value value = checker.check(call.arguments[0], call.names);
    if (value.failed) return value;
    const Type integer = type_of(Kind::integer);
    if (value.type.kind == Kind::list) {
        const ListValue& list = *value.list;
        if (list.form == ListValue::Form::rows)
            return checker.quantified(Reduction::count, integer, value, {}, {});
        if (list.form == ListValue::Form::split)
            return checker.apply(kernels::split_count, integer, {list.elements[0], list.elements[1]});
        Constant count;
        count.kind = Kind::integer;
        count.integer = static_cast<std::int64_t>(list.elements.size());
        return checker.constant(count);
    }
    if (!checker.require(call.arguments[0], call.names, value, Kind::text)) return Checker::failed();
    return checker.apply(kernels::size_of, integer, {value});
}

Value check_substring(Checker& checker, Call& call) {
    std::vector<Value> values;
    bool fine = true;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        values.push_back(checker.check(call.arguments[i], call.names));
        fine =
            checker.require(call.arguments[i], call.names, values[i], i == 0 ? Kind::text : Kind::integer) &&
            fine;
    }
    if (!fine) return Checker::failed();
    return checker.apply(values.size() == 2 ? kernels::substring_from : kernels::substring,
                         type_of(Kind::text), values);
}

Value check_split(Checker& checker, Call& call) {
    Value text = checker.check(call.arguments[0], call.names),
          separator = checker.check(call.arguments[1], call.names);
    const bool fine = checker.require(call.arguments[0], call.names, text, Kind::text);
    if (!checker.require(call.arguments[1], call.names, separator, Kind::text) || !fine)
        return Checker::failed();
    auto list = std::make_shared<ListValue>();
    list->form = ListValue::Form::split;
    list->elements = {text, separator};
    Value value;
    value.type = type_of(Kind::list);
    value.type.element = Kind::text;
    value.list = list;
    return value;
}

Value check_string(Checker& checker, Call& call) {
    Value value = checker.check(call.arguments[0], call.names);
    if (value.failed) return value;
    switch (value.type.kind) {
        case Kind::text:
            value.type.code_list = -1;  // plain text from here on
            return value;
        case Kind::row:
        case Kind::list:
        case Kind::interval:
            return checker.type_error(call.arguments[0], call.names,
                                      fmt::format("{} has no text", checker.describe_type(value.type)));
        default:
            return checker.apply(kernels::to_text(value.type.kind), type_of(Kind::text), {value});
    }
}

Value check_number(Checker& checker, Call& call, Kind wanted) {
    Value value = checker.check(call.arguments[0], call.names);
    if (value.failed || value.type.kind == wanted) return value;
    if (value.type.kind == Kind::integer) return checker.to_decimal(value);
    if (value.type.kind == Kind::decimal)
        return checker.apply(kernels::decimal_to_integer, type_of(wanted), {value});
    if (value.type.kind == Kind::text)
        return checker.apply(wanted == Kind::integer ? kernels::text_to_integer : kernels::text_to_decimal,
                             type_of(wanted), {value});
    return checker.type_error(call.arguments[0], call.names,
                              fmt::format("{} has no number", checker.describe_type(value.type)));
}

}  // namespace

void add_text_functions(std::vector<Function>& table) {
    const std::string either = "Missing if either is, invalid if either is.";
    const std::string undecided = "Undecided if either is missing or invalid.";
    add(table, {"startsWith", "text.startsWith(text) -> boolean", undecided, "PLACE.startsWith('K')", "yes"},
        {Kind::text, Kind::text}, Kind::boolean, kernels::starts_with);
    add(table, {"endsWith", "text.endsWith(text) -> boolean", undecided, "PLACE.endsWith('1')", "no"},
        {Kind::text, Kind::text}, Kind::boolean, kernels::ends_with);
    add(table,
        {"contains", "text.contains(text) -> boolean; interval.contains(date) -> boolean",
         "Undecided if the text or date is missing or invalid, the start of the interval missing, or either "
         "end invalid. A missing end is open.",
         "interval(DECOM, DEC).contains(DEC)", "no"},
        2, 2, check_contains);
    add(table,
        {"matches", "text.matches(pattern) -> boolean",
         "Undecided if the text is missing or invalid. The pattern is RE2's and may match any part: anchor "
         "it with ^ and $. Write it as r'…', where a backslash needs no doubling.",
         "header.UPN.matches(r'^[A-Z]\\d{12}$')", "yes"},
        2, 2, check_matches);
    add(table,
        {"size", "size(text) -> integer; size(list) -> integer",
         "Characters of a text, missing or invalid if it is; elements of a list.", "size(header.UPN)", "13"},
        1, 1, check_size);
    add(table,
        {"upper", "text.upper() -> text",
         "Missing or invalid if the text is. Letters of the Latin, Greek, Cyrillic and Armenian alphabets; "
         "ß, İ "
         "and ı stay.",
         "upper('Zoë')", "ZOË"},
        {Kind::text}, Kind::text, kernels::upper);
    add(table,
        {"lower", "text.lower() -> text",
         "Missing or invalid if the text is. Letters of the Latin, Greek, Cyrillic and Armenian alphabets; "
         "ß, İ "
         "and ı stay.",
         "LS.lower()", "c2"},
        {Kind::text}, Kind::text, kernels::lower);
    add(table,
        {"trim", "text.trim() -> text",
         "Without white space at its ends. Missing or invalid if the text is. Cells are trimmed already.",
         "trim(' U1 ')", "U1"},
        {Kind::text}, Kind::text, kernels::trim);
    add(table,
        {"substring", "text.substring(from) -> text; text.substring(from, to) -> text",
         "Characters from `from`, counted from 0, up to but not with `to`; what lies outside the text is "
         "left out. Missing or invalid if an argument is.",
         "header.UPN.substring(1, 4)", "801"},
        2, 3, check_substring);
    add(table,
        {"replace", "text.replace(old, new) -> text",
         "Every `old` becomes `new`. Missing or invalid if an argument is.", "LS.replace('C', 'S')", "S2"},
        {Kind::text, Kind::text, Kind::text}, Kind::text, kernels::replace);
    add(table,
        {"split", "text.split(separator) -> list of text",
         "The trimmed pieces of a text, for the right of 'in' and for size(…). Undecided if anything is "
         "missing or invalid.",
         "'K2' in split('U1, K2', ',')", "yes"},
        2, 2, check_split);
    add(table,
        {"string", "string(value) -> text",
         "Dates as 2026-03-31. Missing or invalid if the value is. Of a code: the same as plain text, which "
         "is not held against the code list.",
         "string(DECOM)", "2025-09-01"},
        1, 1, check_string);
    add(table,
        {"integer", "integer(text or decimal) -> integer",
         "Of a decimal the whole part, towards zero. Missing if the value is; invalid if it is, or if the "
         "text is no integer.",
         "integer('12') + 1", "13"},
        1, 1, [](Checker& checker, Call& call) { return check_number(checker, call, Kind::integer); });
    add(table,
        {"decimal", "decimal(text or integer) -> decimal",
         "Missing if the value is; invalid if it is, or if the text is no number as cells of decimals hold "
         "it: "
         "digits, with a sign before them and a point among them if need be, and no exponent.",
         "decimal('2.50')", "2.5"},
        1, 1, [](Checker& checker, Call& call) { return check_number(checker, call, Kind::decimal); });
}

}  // namespace caseaudit::expression
