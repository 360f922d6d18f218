#include "expression/function_table.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

Value check_state(Checker& checker, Call& call, Kernel (*kernel)(Kind)) {
    const Value value = checker.check(call.arguments[0], call.names);
    if (value.failed) return value;
    if (value.type.kind == Kind::list || value.type.kind == Kind::interval)
        return checker.type_error(
            call.arguments[0], call.names,
            fmt::format("{} is never missing or invalid", checker.describe_type(value.type)),
            value.type.kind == Kind::list ? "use exists() or empty() of the list"
                                          : "ask of its start or end");
    return checker.apply(kernel(value.type.kind), {}, {value}, value.type.code_list);
}

Value check_same(Checker& checker, Call& call, Kernel (*kernel)(Kind)) {
    Value a = checker.check(call.arguments[0], call.names), b = checker.check(call.arguments[1], call.names);
    if (!checker.unify(call.tree, call.names, a, b)) return Checker::failed();
    if (a.type.kind == Kind::list || a.type.kind == Kind::interval)
        return checker.type_error(call.tree, call.names,
                                  fmt::format("{} cannot be compared", checker.describe_type(a.type)));
    checker.check_code(call.arguments[1], call.names, a, b);
    checker.check_code(call.arguments[0], call.names, b, a);
    if (b.operand.node < a.operand.node) std::swap(a, b);
    return checker.apply(kernel(a.type.kind), {}, {a, b});
}

// From the right, so that coalesce(a, b, c) shares coalesce(b, c).
Value check_coalesce(Checker& checker, Call& call) {
    std::vector<Value> values;
    bool fine = true;
    for (const SyntaxPointer& argument : call.arguments) {
        values.push_back(checker.check(argument, call.names));
        fine = fine && !values.back().failed;
    }
    if (!fine) return Checker::failed();
    for (std::size_t i = 1; i < values.size(); ++i)
        if (!checker.unify(call.tree, call.names, values[0], values[i])) return Checker::failed();
    Value result = values.back();
    if (result.type.kind == Kind::list || result.type.kind == Kind::interval)
        return checker.type_error(
            call.tree, call.names,
            fmt::format("coalesce does not apply to {}", checker.describe_type(result.type)));
    for (std::size_t i = values.size() - 1; i-- > 0;) {
        Value left = values[i];
        checker.unify(call.tree, call.names, left, result);
        Type type = result.type;
        if (left.type.code_list != type.code_list) type.code_list = -1;
        result = checker.apply(kernels::coalesce(type.kind), type, {left, result}, left.type.code_list);
    }
    return result;
}

}  // namespace

void add_state_functions(std::vector<Function>& table) {
    add(table,
        {"missing", "missing(value) -> boolean",
         "This is what it asks: true for a blank cell, for a row that is not there, and for an undecided "
         "condition. Never undecided.",
         "missing(URN)", "yes"},
        1, 1, [](Checker& checker, Call& call) { return check_state(checker, call, kernels::is_missing); });
    add(table,
        {"invalid", "invalid(value) -> boolean",
         "True for a cell that cannot be read as its type, and for a code that is not on its list; false "
         "for a blank one. Never undecided.",
         "invalid(CIN)", "yes"},
        1, 1, [](Checker& checker, Call& call) { return check_state(checker, call, kernels::is_invalid); });
    add(table,
        {"present", "present(value) -> boolean",
         "True when the value is neither missing nor invalid, or the row is there. Never undecided.",
         "present(prev)", "yes"},
        1, 1, [](Checker& checker, Call& call) { return check_state(checker, call, kernels::is_present); });
    add(table,
        {"same", "same(a, b) -> boolean",
         "Missing counts as a value: two blanks are the same, a blank and a value are not. "
         "Undecided when either is invalid and has no text to compare.",
         "same(URN, next.URN)", "no"},
        2, 2, [](Checker& checker, Call& call) { return check_same(checker, call, kernels::same); });
    add(table,
        {"differs", "differs(a, b) -> boolean",
         "The opposite of same: a blank differs from a value. Undecided when either is invalid "
         "and has no text to compare.",
         "differs(URN, prev.URN)", "yes"},
        2, 2, [](Checker& checker, Call& call) { return check_same(checker, call, kernels::differs); });
    add(table,
        {"coalesce", "coalesce(a, b, …) -> type of a",
         "The first that is neither missing, undecided nor invalid; the last if none is. "
         "coalesce(condition, false) closes an undecided condition.",
         "coalesce(next.DEC, as_at)", "31 March 2026"},
        2, 99, check_coalesce);
}

}  // namespace caseaudit::expression
