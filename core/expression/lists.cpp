// Lists: their elements, and the nodes that fold them.
#include "expression/checker.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

std::shared_ptr<const ListValue> bare(const Value& list) {
    return list.list;
}

}  // namespace

Operand Checker::conjunction(const std::optional<Operand>& a, const Operand& b) {
    return a ? builder_.apply(kernels::logical_and, {}, {*a, b}) : b;
}

Value Checker::quantified(Reduction reduction, Type type, const Value& list,
                          std::optional<Operand> extra_mask, const std::vector<Operand>& bodies) {
    const auto rows = bare(list);
    std::optional<Operand> mask = rows->mask;
    if (extra_mask) mask = conjunction(mask, *extra_mask);
    return of(type, builder_.reduce(reduction, type, rows->variable, mask ? &*mask : nullptr, bodies));
}

Value Checker::with_element(const Value& list, const std::string& name, const SyntaxPointer& tree,
                            Names& names) {
    // One variable is the rule's row, one the row that 'in' looks at, and one position is the inner row's.
    if (lambdas_ + 4 > greatest_variables)
        return fail(tree, names, "expression.too-large", "there are too many lists inside each other",
                    "name a part of it as a derived field");
    ++lambdas_;
    Names::Local local;
    local.name = name;
    local.value = list.list->element;
    names.locals.push_back(std::move(local));
    Value value = check(tree, names);
    names.locals.pop_back();
    --lambdas_;
    return value;
}

Value Checker::membership(const SyntaxPointer& tree, Names& names, const Value& value, const Value& list,
                          const SyntaxPointer& value_tree) {
    if (list.type.kind != Kind::list)
        return type_error(
            tree->children[1], names,
            fmt::format("'in' needs a list on its right, but this is {}", describe_type(list.type)));
    const ListValue& values = *list.list;
    if (values.form == ListValue::Form::split) {
        Value text = value;
        if (!require(value_tree, names, text, Kind::text)) return failed();
        return apply(kernels::in_split, {}, {text, values.elements[0], values.elements[1]});
    }
    if (values.form == ListValue::Form::rows) {
        const Value equal_one = equal(tree, names, value, values.element, true);
        if (equal_one.failed) return equal_one;
        return quantified(Reduction::exists, {}, list, {}, {equal_one.operand});
    }
    const bool single =
        value.type.kind != Kind::row && value.type.kind != Kind::list && value.type.kind != Kind::interval;
    // Nothing is in an empty list, whatever it would be.
    if (values.elements.empty() && single) return apply(kernels::in_nothing, {}, {value});
    std::vector<Constant> constants;
    for (std::size_t i = 0; i < values.elements.size(); ++i) {
        const bool written_here = tree->children[1]->form == Form::list;
        check_code(written_here ? tree->children[1]->children[i] : tree->children[1], names, value,
                   values.elements[i]);
        Value left = value, right = values.elements[i];
        if (left.type.kind == Kind::decimal && right.type.kind == Kind::integer) right = to_decimal(right);
        if (!unify(tree, names, left, right)) return failed();
        if (right.constant && left.type.kind == value.type.kind) constants.push_back(*right.constant);
    }
    if (constants.size() == values.elements.size() && single && value.type.kind != Kind::postcode)
        return apply(kernels::in_set(value.type.kind), {}, {value}, graph_.add_set(constants));
    Value any;
    for (std::size_t i = 0; i < values.elements.size(); ++i) {
        const Value one = equal(tree, names, value, values.elements[i], true);
        if (one.failed) return one;
        any = i == 0 ? one : apply(kernels::logical_or, {}, {any, one});
    }
    if (!values.elements.empty()) return any;
    return type_error(tree, names,
                      fmt::format("{} cannot be looked for in a list", describe_type(value.type)));
}

}  // namespace caseaudit::expression
