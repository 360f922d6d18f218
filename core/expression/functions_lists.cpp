#include "expression/function_table.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

Type type_of(Kind kind) {
    Type type;
    type.kind = kind;
    return type;
}

// The list of a call, which must be of rows of a table; fails else.
bool list_of_rows(Checker& checker, Call& call, Value& list) {
    list = checker.check(call.arguments[0], call.names);
    if (list.failed) return false;
    const std::string& name = call.function.doc.name;
    if (list.type.kind == Kind::row) {
        const std::string& table = checker.dataset().tables[static_cast<std::size_t>(list.type.table)].name;
        checker.type_error(call.arguments[0], call.names,
                           fmt::format("{} takes a list, but this is one row", name),
                           fmt::format("records({}) is the list of all its rows", table));
        return false;
    }
    if (list.type.kind != Kind::list) {
        checker.type_error(
            call.arguments[0], call.names,
            fmt::format("{} takes a list, but this is {}", name, checker.describe_type(list.type)));
        return false;
    }
    if (list.list->form == ListValue::Form::rows) return true;
    checker.type_error(call.arguments[0], call.names, fmt::format("{} takes a list of rows of a table", name),
                       list.list->form == ListValue::Form::split
                           ? "split(…) stands on the right of 'in', or in size(…)"
                           : "a list that is written out stands on the right of 'in'");
    return false;
}

// The lambda of list.f(x, body), with x as the element.
Value lambda(Checker& checker, Call& call, const Value& list) {
    const SyntaxPointer& variable = call.arguments[1];
    if (variable->form != Form::name)
        return checker.fail(variable, call.names, "expression.arguments", "a name for the row was expected",
                            fmt::format("for example {}(x, x.…)", call.function.doc.name));
    return checker.with_element(list, variable->name, call.arguments[2], call.names);
}

// f(list) or f(list, x, body): two arguments leave the body out.
bool has_lambda(Checker& checker, Call& call, bool& fine) {
    fine = call.arguments.size() != 2;
    if (!fine)
        checker.fail(call.tree, call.names, "expression.arguments",
                     fmt::format("{} needs a name and an expression", call.function.doc.name),
                     call.function.doc.signature);
    return call.arguments.size() == 3;
}

Value predicate(Checker& checker, Call& call, const Value& list) {
    Value body = lambda(checker, call, list);
    if (!checker.require_boolean(call.arguments[2], call.names, body)) return Checker::failed();
    return body;
}

Value check_exists(Checker& checker, Call& call) {
    Value list;
    bool fine;
    const bool with_body = has_lambda(checker, call, fine);
    if (!list_of_rows(checker, call, list) || !fine) return Checker::failed();
    Constant yes;
    yes.kind = Kind::boolean;
    yes.boolean = true;
    const Value body = with_body ? predicate(checker, call, list) : checker.constant(yes);
    if (body.failed) return body;
    return checker.quantified(Reduction::exists, {}, list, {}, {body.operand});
}

Value check_all(Checker& checker, Call& call) {
    Value list;
    if (!list_of_rows(checker, call, list)) return Checker::failed();
    const Value body = predicate(checker, call, list);
    if (body.failed) return body;
    return checker.quantified(Reduction::all, {}, list, {}, {body.operand});
}

Value check_empty(Checker& checker, Call& call) {
    const Value some = check_exists(checker, call);
    return some.failed ? some : checker.apply(kernels::logical_not, {}, {some});
}

Value check_filter(Checker& checker, Call& call) {
    Value list;
    if (!list_of_rows(checker, call, list)) return Checker::failed();
    const Value body = predicate(checker, call, list);
    if (body.failed) return body;
    auto filtered = std::make_shared<ListValue>(*list.list);
    filtered->mask = checker.conjunction(filtered->mask, body.operand);
    list.list = filtered;
    return list;
}

Value check_map(Checker& checker, Call& call) {
    Value list;
    if (!list_of_rows(checker, call, list)) return Checker::failed();
    Value body = lambda(checker, call, list);
    if (body.failed) return body;
    if (body.type.kind == Kind::list)
        return checker.type_error(call.arguments[2], call.names, "a list of lists is not supported",
                                  "use exists(x, inner.exists(y, …))");
    auto mapped = std::make_shared<ListValue>(*list.list);
    mapped->element = body;
    mapped->mapped = true;
    list.type = body.type;
    list.type.kind = Kind::list;
    list.type.element = body.type.kind;
    list.list = mapped;
    return list;
}

Value check_count(Checker& checker, Call& call) {
    Value list;
    bool fine;
    const bool with_body = has_lambda(checker, call, fine);
    if (!list_of_rows(checker, call, list) || !fine) return Checker::failed();
    std::optional<Operand> mask;
    if (with_body) {
        const Value body = predicate(checker, call, list);
        if (body.failed) return body;
        mask = body.operand;
    }
    return checker.quantified(Reduction::count, type_of(Kind::integer), list, mask, {});
}

// The values that sum, min, max and count_distinct fold: of the lambda, or the elements of a mapped list.
Value folded(Checker& checker, Call& call, Value& list) {
    bool fine;
    const bool with_body = has_lambda(checker, call, fine);
    if (!list_of_rows(checker, call, list) || !fine) return Checker::failed();
    return with_body ? lambda(checker, call, list) : list.list->element;
}

Value check_sum(Checker& checker, Call& call) {
    Value list;
    Value body = folded(checker, call, list);
    if (body.failed) return body;
    if (body.type.kind != Kind::integer && body.type.kind != Kind::decimal)
        return checker.type_error(
            call.arguments.back(), call.names,
            fmt::format("sum adds numbers, but this is {}", checker.describe_type(body.type)));
    return checker.quantified(Reduction::sum, body.type, list, {}, {body.operand});
}

bool has_order(Checker& checker, Call& call, const Value& value) {
    if (value.failed) return false;
    const Kind kind = value.type.kind;
    if (kind == Kind::integer || kind == Kind::decimal || kind == Kind::date || kind == Kind::text)
        return true;
    checker.type_error(call.arguments.back(), call.names,
                       fmt::format("{} has no order", checker.describe_type(value.type)));
    return false;
}

Value check_extreme(Checker& checker, Call& call, Reduction reduction) {
    Value list;
    Value body = folded(checker, call, list);
    if (!has_order(checker, call, body)) return Checker::failed();
    return checker.quantified(reduction, body.type, list, {}, {body.operand});
}

bool of_plain_rows(Checker& checker, Call& call, const Value& list) {
    if (!list.list->mapped) return true;
    checker.type_error(
        call.arguments[0], call.names,
        fmt::format("{} gives a row, and takes a list that is not mapped", call.function.doc.name),
        "take the row first, then read its field");
    return false;
}

Value check_extreme_row(Checker& checker, Call& call, Reduction reduction) {
    Value list;
    if (!list_of_rows(checker, call, list) || !of_plain_rows(checker, call, list)) return Checker::failed();
    Value body = lambda(checker, call, list);
    if (!has_order(checker, call, body)) return Checker::failed();
    return checker.quantified(reduction, checker.row_type(list.list->table), list, {}, {body.operand});
}

Value check_end(Checker& checker, Call& call, Reduction reduction) {
    Value list;
    bool fine;
    const bool with_body = has_lambda(checker, call, fine);
    if (!list_of_rows(checker, call, list) || !fine || !of_plain_rows(checker, call, list))
        return Checker::failed();
    std::optional<Operand> mask;
    if (with_body) {
        const Value body = predicate(checker, call, list);
        if (body.failed) return body;
        mask = body.operand;
    }
    return checker.quantified(reduction, checker.row_type(list.list->table), list, mask, {});
}

Value check_count_distinct(Checker& checker, Call& call) {
    Value list;
    Value body = folded(checker, call, list);
    if (body.failed) return body;
    std::vector<Operand> parts{body.operand};
    if (body.type.kind == Kind::list) {
        parts.clear();
        if (body.list->form == ListValue::Form::elements)
            for (const Value& part : body.list->elements) parts.push_back(part.operand);
        if (parts.empty() || parts.size() > 6)
            return checker.type_error(call.arguments.back(), call.names,
                                      "count_distinct takes a value, or a list of one to six");
    }
    for (const Operand& part : parts)
        if (!part.valid())
            return checker.type_error(call.arguments.back(), call.names,
                                      "count_distinct counts plain values");
    return checker.quantified(Reduction::count_distinct, type_of(Kind::integer), list, {}, parts);
}

}  // namespace

void add_list_functions(std::vector<Function>& table) {
    add(table,
        {"exists", "list.exists(x, condition) -> boolean; list.exists() -> boolean",
         "True if the condition is true of any row; else undecided if it is undecided of any; else false. "
         "Without a condition: whether there is any row.",
         "reviews.exists(r, r.REVIEW < DECOM)", "yes"},
        1, 3, check_exists);
    add(table,
        {"all", "list.all(x, condition) -> boolean",
         "False if the condition is false of any row; else undecided if it is undecided of any; else true, "
         "also of an empty list.",
         "episodes.all(e, e.LS == 'C2')", "no"},
        3, 3, check_all);
    add(table,
        {"empty", "list.empty() -> boolean", "Whether the list has no row. Never undecided.",
         "missing.empty()", "yes"},
        1, 1, check_empty);
    add(table,
        {"filter", "list.filter(x, condition) -> list",
         "Keeps the rows of which the condition is true; those of which it is false or undecided go.",
         "episodes.filter(e, e.LS == 'C2')", "Episodes 1, Episodes 2"},
        3, 3, check_filter);
    add(table,
        {"map", "list.map(x, value) -> list", "One value for each row, missing ones too.",
         "episodes.map(e, e.PLACE)", "U1, K2, U1"},
        3, 3, check_map);
    add(table,
        {"count", "list.count() -> integer; list.count(x, condition) -> integer",
         "Counts rows; with a condition those of which it is true. Never missing.",
         "episodes.count(e, e.PLACE == 'U1')", "2"},
        1, 3, check_count);
    add(table,
        {"count_distinct", "list.count_distinct(x, value) -> integer",
         "Passes over missing values, and over invalid ones without a text. The value may be a combination, "
         "[e.PLACE, e.URN]: in it missing counts as a value, unless all are missing.",
         "episodes.count_distinct(e, [e.PLACE, e.URN])", "2"},
        1, 3, check_count_distinct);
    add(table,
        {"sum", "list.sum(x, number) -> number",
         "Passes over missing and invalid values; the sum of nothing is 0.", "reviews.sum(r, 1)", "3"},
        1, 3, check_sum);
    add(table,
        {"min", "list.min(x, value) -> value",
         "Passes over missing values, and over invalid ones without a text; of nothing it is missing. Takes "
         "numbers, dates and text.",
         "reviews.min(r, r.REVIEW)", "5 June 2025"},
        1, 3, [](Checker& checker, Call& call) { return check_extreme(checker, call, Reduction::min); });
    add(table,
        {"max", "list.max(x, value) -> value", "As min.",
         "reviews.filter(r, r.REVIEW < DEC).max(r, r.REVIEW)", "28 August 2025"},
        1, 3, [](Checker& checker, Call& call) { return check_extreme(checker, call, Reduction::max); });
    add(table,
        {"min_by", "list.min_by(x, value) -> row",
         "The row with the least value, the first of equals. Passes over missing values, and over invalid "
         "ones "
         "without a text; no row when there is nothing.",
         "reviews.min_by(r, r.REVIEW).REVIEW_CODE", "PN4"},
        3, 3,
        [](Checker& checker, Call& call) { return check_extreme_row(checker, call, Reduction::min_by); });
    add(table,
        {"max_by", "list.max_by(x, value) -> row",
         "The row with the greatest value, the first of equals; as min_by.",
         "episodes.max_by(e, e.DECOM).PLACE", "U1"},
        3, 3,
        [](Checker& checker, Call& call) { return check_extreme_row(checker, call, Reduction::max_by); });
    add(table,
        {"first", "list.first() -> row; list.first(x, condition) -> row",
         "The first row in the table's order, of those of which the condition is true; no row when there is "
         "none.",
         "reviews.first(r, r.REVIEW >= DECOM).REVIEW", "27 February 2026"},
        1, 3, [](Checker& checker, Call& call) { return check_end(checker, call, Reduction::first); });
    add(table,
        {"last", "list.last() -> row; list.last(x, condition) -> row", "As first, from the end.",
         "episodes.last().DECOM", "15 December 2025"},
        1, 3, [](Checker& checker, Call& call) { return check_end(checker, call, Reduction::last); });
}

}  // namespace caseaudit::expression
