#include "expression/checker.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

using kernels::Comparison;

bool is_number(const Type& type) {
    return type.kind == Kind::integer || type.kind == Kind::decimal;
}

Type boolean_type() {
    return {};
}

bool is_iso_date(const Value& value) {
    calendar::Day day;
    return value.constant && value.type.kind == Kind::text && calendar::parse_iso(value.constant->text, day);
}

std::string hint_for(const Value& left, const Value& right) {
    for (const auto& [a, b] : {std::pair(&left, &right), std::pair(&right, &left)}) {
        if (a->type.kind == Kind::date && is_iso_date(*b))
            return fmt::format("write date('{}')", b->constant->text);
        if (a->type.kind == Kind::date && b->type.kind == Kind::text && b->constant)
            return "write a date as date('2026-03-31')";
        if (a->type.kind == Kind::date && is_number(b->type))
            return "write a date as date('2026-03-31'), and use add_days(…) or days_between(…) to count days";
        if (a->type.kind == Kind::text && is_number(b->type) && b->constant)
            return "write the value in quotes, or use integer(…) of the text";
        if (a->type.kind == Kind::postcode && b->type.kind == Kind::text)
            return "compare string(…) of the postcode";
        if (a->type.kind == Kind::list && b->type.kind != Kind::list)
            return "use 'in', or exists(x, …) of the list";
    }
    return "";
}

}  // namespace

Value Checker::to_decimal(const Value& value) {
    Type type;
    type.kind = Kind::decimal;
    if (value.constant) {
        Constant made;
        made.kind = Kind::decimal;
        made.decimal = static_cast<double>(value.constant->integer);
        return constant(made);
    }
    return apply(kernels::integer_to_decimal, type, {value});
}

bool Checker::require(const SyntaxPointer& tree, const Names& names, Value& value, Kind kind) {
    if (value.failed) return false;
    if (kind == Kind::decimal && value.type.kind == Kind::integer) value = to_decimal(value);
    if (value.type.kind == kind) return true;
    Type wanted;
    wanted.kind = kind;
    std::string hint;
    if (kind == Kind::date && is_iso_date(value))
        hint = fmt::format("write date('{}')", value.constant->text);
    if (kind == Kind::date && is_number(value.type)) hint = "write a date as date('2026-03-31')";
    if (kind == Kind::text && value.type.kind != Kind::list && value.type.kind != Kind::row &&
        value.type.kind != Kind::interval)
        hint = "string(…) makes a text of it";
    if (kind == Kind::boolean && value.type.kind == Kind::list) hint = "write .exists() for 'there is one'";
    if (kind == Kind::boolean && value.type.kind != Kind::list)
        hint = "write present(…) for 'there is a value'";
    type_error(tree, names,
               fmt::format("this must be {}, but is {}", describe_type(wanted), describe_type(value.type)),
               std::move(hint));
    return false;
}

bool Checker::require_boolean(const SyntaxPointer& tree, const Names& names, Value& value) {
    return require(tree, names, value, Kind::boolean);
}

bool Checker::unify(const SyntaxPointer& tree, const Names& names, Value& left, Value& right) {
    if (left.failed || right.failed) return false;
    if (left.type.kind == Kind::integer && right.type.kind == Kind::decimal) left = to_decimal(left);
    if (left.type.kind == Kind::decimal && right.type.kind == Kind::integer) right = to_decimal(right);
    const bool same_table = left.type.kind != Kind::row ||
                            (left.type.table == right.type.table && left.type.which == right.type.which);
    if (left.type.kind == right.type.kind && same_table) return true;
    type_error(tree, names,
               fmt::format("'{}' cannot join {} and {}", tree->name, describe_type(left.type),
                           describe_type(right.type)),
               hint_for(left, right));
    return false;
}

void Checker::check_code(const SyntaxPointer& tree, const Names& names, const Value& code,
                         const Value& literal) {
    if (!check_codes_ || code.type.code_list < 0 || !literal.constant || literal.constant->kind != Kind::text)
        return;
    const dataset::CodeList& list = dataset_.code_lists[static_cast<std::size_t>(code.type.code_list)];
    std::vector<std::string> values;
    for (const dataset::Code& one : list.codes) {
        if (one.value == literal.constant->text) return;
        values.push_back(one.value);
    }
    std::string hint = did_you_mean(literal.constant->text, values);
    if (hint.empty() && values.size() <= 12) hint = fmt::format("its codes are {};", fmt::join(values, ", "));
    hint += hint.empty() ? "" : " ";
    hint += "to compare it as plain text, use string(…)";
    fail(tree, names, "expression.code",
         fmt::format("'{}' is not a code of {}", literal.constant->text, list.name), hint);
}

Value Checker::equal(const SyntaxPointer& tree, Names& names, const Value& left, const Value& right,
                     bool equal) {
    Value a = left, b = right;
    if (!unify(tree, names, a, b)) return failed();
    if (a.type.kind == Kind::list || a.type.kind == Kind::interval)
        return type_error(
            tree, names,
            fmt::format("{}s cannot be compared", a.type.kind == Kind::list ? "list" : "interval"));
    // The order of the two does not matter: with one order the node is found again.
    if (b.operand.node < a.operand.node) std::swap(a, b);
    return apply(kernels::compare(equal ? Comparison::equal : Comparison::unequal, a.type.kind),
                 boolean_type(), {a, b});
}

Value Checker::unary(const SyntaxPointer& tree, Names& names) {
    Value value = check(tree->children[0], names);
    if (value.failed) return value;
    if (tree->name == "!") {
        if (!require_boolean(tree->children[0], names, value)) return failed();
        return apply(kernels::logical_not, boolean_type(), {value});
    }
    if (!is_number(value.type))
        return type_error(tree->children[0], names,
                          fmt::format("this must be a number, but is {}", describe_type(value.type)));
    if (value.constant) {
        Constant negative = *value.constant;
        if (negative.integer >= -invalid64) return type_error(tree, names, "this number is too small");
        negative.integer = -negative.integer;
        negative.decimal = 0.0 - negative.decimal;  // not -0
        return constant(negative);
    }
    Type type = value.type;
    return apply(kernels::negate(type.kind), type, {value});
}

Value Checker::binary(const SyntaxPointer& tree, Names& names) {
    const SyntaxPointer& left_tree = tree->children[0];
    const SyntaxPointer& right_tree = tree->children[1];
    Value left = check(left_tree, names), right = check(right_tree, names);
    if (left.failed || right.failed) return failed();
    const std::string& symbol = tree->name;
    if (symbol == "&&" || symbol == "||") return logical(tree, names, std::move(left), std::move(right));
    if (symbol == "in") return membership(tree, names, left, right, left_tree);
    if (symbol == "==" || symbol == "!=") {
        check_code(right_tree, names, left, right);
        check_code(left_tree, names, right, left);
        return equal(tree, names, left, right, symbol == "==");
    }
    if (symbol[0] == '<' || symbol[0] == '>') return order(tree, names, std::move(left), std::move(right));
    return arithmetic(tree, names, std::move(left), std::move(right));
}

Value Checker::logical(const SyntaxPointer& tree, const Names& names, Value left, Value right) {
    const bool left_fits = require_boolean(tree->children[0], names, left);
    const bool right_fits = require_boolean(tree->children[1], names, right);
    if (!left_fits || !right_fits) return failed();
    return apply(tree->name == "&&" ? kernels::logical_and : kernels::logical_or, boolean_type(),
                 {left, right});
}

Value Checker::order(const SyntaxPointer& tree, const Names& names, Value left, Value right) {
    if (!unify(tree, names, left, right)) return failed();
    if (!is_number(left.type) && left.type.kind != Kind::date && left.type.kind != Kind::text)
        return type_error(tree, names, fmt::format("{} has no order", describe_type(left.type)));
    const Comparison comparison = tree->name == "<"    ? Comparison::less
                                  : tree->name == "<=" ? Comparison::less_or_equal
                                  : tree->name == ">"  ? Comparison::greater
                                                       : Comparison::greater_or_equal;
    return apply(kernels::compare(comparison, left.type.kind), boolean_type(), {left, right});
}

Value Checker::arithmetic(const SyntaxPointer& tree, const Names& names, Value left, Value right) {
    using kernels::Arithmetic;
    const char symbol = tree->name[0];
    const bool left_date = left.type.kind == Kind::date, right_date = right.type.kind == Kind::date;
    if (symbol == '-' && left_date && right_date) {
        Type type;
        type.kind = Kind::integer;
        return apply(kernels::subtract_dates, type, {left, right});
    }
    if (left_date && right.type.kind == Kind::integer)
        return type_error(tree, names, "days cannot be added to a date in this way",
                          "use add_days(date, days)");
    if (symbol == '+' && left.type.kind == Kind::text && right.type.kind == Kind::text) {
        Type type;
        type.kind = Kind::text;
        return apply(kernels::concatenate, type, {left, right});
    }
    if (!unify(tree, names, left, right)) return failed();
    if (!is_number(left.type))
        return type_error(tree, names,
                          fmt::format("'{}' does not apply to {}", symbol, describe_type(left.type)));
    const Arithmetic operation = symbol == '+'   ? Arithmetic::add
                                 : symbol == '-' ? Arithmetic::subtract
                                 : symbol == '*' ? Arithmetic::multiply
                                 : symbol == '/' ? Arithmetic::divide
                                                 : Arithmetic::remainder;
    Type type = left.type;
    return apply(kernels::arithmetic(operation, type.kind), type, {left, right});
}

Value Checker::conditional(const SyntaxPointer& tree, Names& names) {
    Value condition = check(tree->children[0], names);
    Value then = check(tree->children[1], names), otherwise = check(tree->children[2], names);
    const bool fits = require_boolean(tree->children[0], names, condition);
    if (!fits || !unify(tree, names, then, otherwise)) return failed();
    if (then.type.kind == Kind::list) return conditional_list(tree, names, condition, then, otherwise);
    if (then.type.kind == Kind::interval)
        return type_error(tree, names, "'?:' cannot choose between intervals");
    Type type = then.type;
    if (then.type.code_list != otherwise.type.code_list) type.code_list = -1;
    return apply(kernels::select(type.kind), type, {condition, then, otherwise});
}

// Lists of rows of one table: the rows are chosen by one mask or the other.
Value Checker::conditional_list(const SyntaxPointer& tree, const Names& names, const Value& condition,
                                const Value& then, const Value& otherwise) {
    const ListValue &a = *then.list, &b = *otherwise.list;
    const bool rows =
        a.form == ListValue::Form::rows && b.form == ListValue::Form::rows && !a.mapped && !b.mapped;
    if (!rows || a.table != b.table)
        return type_error(tree, names, "'?:' can choose only between lists of rows of one table");
    // Both masks must speak of one variable, which they do when the table's plain list is chosen among.
    if (a.mask && b.mask)
        return type_error(tree, names, "'?:' cannot choose between two filtered lists",
                          "put the condition in the filter");
    Constant yes;
    yes.kind = Kind::boolean;
    yes.boolean = true;
    const ListValue& masked = a.mask ? a : b;
    const Value all = constant(yes);
    const Value a_mask = a.mask ? of(Kind::boolean, *a.mask) : all,
                b_mask = b.mask ? of(Kind::boolean, *b.mask) : all;
    auto list = std::make_shared<ListValue>(masked);
    list->mask = apply(kernels::select(Kind::boolean), boolean_type(), {condition, a_mask, b_mask}).operand;
    Value value = then;
    value.list = list;
    return value;
}

Value Checker::list_literal(const SyntaxPointer& tree, Names& names) {
    auto list = std::make_shared<ListValue>();
    list->form = ListValue::Form::elements;
    Value value;
    value.type.kind = Kind::list;
    value.type.element = Kind::text;
    bool fine = true;
    for (const SyntaxPointer& child : tree->children) {
        list->elements.push_back(check(child, names));
        fine = fine && !list->elements.back().failed;
    }
    if (!fine) return failed();
    if (!list->elements.empty()) value.type.element = list->elements[0].type.kind;
    value.list = list;
    return value;
}

}  // namespace caseaudit::expression
