#include "expression/checker.h"

#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

// Bounds what named expressions that use each other twice, and so on, may expand to.
constexpr std::uint32_t most_steps = 200000;
constexpr int deepest_expansion = 600;

}  // namespace

bool has_case(const dataset::Table& table) {
    return table.key.field >= 0 || table.runs.has_value();
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates) {
    const std::string near = nearest(name, candidates);
    return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

Checker::Checker(const dataset::Dataset& dataset, const Environment& environment, Graph& graph, Used& used)
    : dataset_(dataset),
      environment_(environment),
      graph_(graph),
      builder_(graph),
      needs_(graph),
      used_(used) {}

Value Checker::failed() {
    Value value;
    value.failed = true;
    return value;
}

Value Checker::of(Type type, Operand operand) {
    Value value;
    value.type = type;
    value.operand = std::move(operand);
    return value;
}

Value Checker::of(Kind kind, Operand operand) {
    Type type;
    type.kind = kind;
    return of(type, std::move(operand));
}

Value Checker::constant(const Constant& constant) {
    Value value = of(constant.kind, builder_.constant(constant));
    value.constant = constant;
    return value;
}

Value Checker::apply(Kernel kernel, Type type, const std::vector<Value>& values, std::int64_t a,
                     std::int64_t b) {
    std::vector<Operand> operands;
    for (const Value& value : values) operands.push_back(value.operand);
    return of(type, builder_.apply(kernel, type, operands, a, b));
}

Value Checker::fail(const SyntaxPointer& tree, const Names& names, std::string code, std::string message,
                    std::string hint) {
    Diagnostic diagnostic =
        point_at(*tree->source, tree->begin, tree->end, std::move(code), std::move(message), std::move(hint));
    diagnostic.within = steps_to(names.within);
    // A named expression used twice has its errors once.
    for (const Diagnostic& known : errors_)
        if (known.place == diagnostic.place && known.message == diagnostic.message) return failed();
    errors_.push_back(std::move(diagnostic));
    return failed();
}

Value Checker::type_error(const SyntaxPointer& tree, const Names& names, std::string message,
                          std::string hint) {
    return fail(tree, names, "expression.type", std::move(message), std::move(hint));
}

std::optional<Value> Checker::check_cycle(const SyntaxPointer& tree, const Names& names,
                                          const std::string& step) {
    for (auto at = open_; at; at = at->before) {
        if (at->step != step) continue;
        std::vector<std::string> way;
        for (auto known = open_; known; known = known->before) way.push_back(known->step);
        std::reverse(way.begin(), way.end());
        return fail(tree, names, "expression.cycle",
                    fmt::format("'{}' comes round to itself: {} -> {}", step, fmt::join(way, " -> "), step));
    }
    return std::nullopt;
}

std::vector<std::string> Checker::steps_to(const TrailPointer& within) const {
    std::vector<std::string> steps;
    for (auto at = within; at; at = at->before) steps.push_back(at->step);
    steps.insert(steps.end(), scope_within_->rbegin(), scope_within_->rend());
    std::reverse(steps.begin(), steps.end());
    return steps;
}

Result<SyntaxPointer> Checker::parse_cached(const std::string& text, const Place& place,
                                            const TrailPointer& within) {
    if (const auto found = parsed_.find(&text); found != parsed_.end()) return found->second;
    auto tree = parse(std::make_shared<const Source>(Source{{text, place}, steps_to(within)}));
    if (tree) parsed_.emplace(&text, *tree);
    return tree;
}

Value Checker::check(const SyntaxPointer& tree, Names& names) {
    if (++steps_ > most_steps || depth_ > deepest_expansion) {
        errors_.clear();  // the rest would be noise
        return fail(tree, names, "expression.too-large",
                    "the expression grows too large when its names are filled in",
                    "let named expressions use each other less");
    }
    ++depth_;
    Value value = check_form(tree, names);
    --depth_;
    return value;
}

bool Checker::count_steps(std::uint32_t steps) {
    if (steps > most_steps - std::min(steps_, most_steps)) return false;
    steps_ += steps;
    return true;
}

Value Checker::check_form(const SyntaxPointer& tree, Names& names) {
    switch (tree->form) {
        case Form::constant:
            return constant(tree->constant);
        case Form::name:
            return name(tree, names);
        case Form::dollar:
            return dollar(tree, names);
        case Form::dollar_call:
            return dollar_call(tree, names);
        case Form::member:
            return member(tree, names);
        case Form::index:
            return index(tree, names);
        case Form::call:
        case Form::method:
            return call(tree, names);
        case Form::unary:
            return unary(tree, names);
        case Form::binary:
            return binary(tree, names);
        case Form::conditional:
            return conditional(tree, names);
        default:
            return list_literal(tree, names);
    }
}

Result<NodeId> Checker::compile(const Text& text, const Scope& scope, const std::optional<Type>& expected) {
    // Many rules say the same of who is to act.
    auto& compiled = compiled_[{scope.table, scope.which}];
    if (const auto known = compiled.find(text.text); !expected && known != compiled.end())
        return known->second;
    errors_.clear();
    open_ = nullptr;
    scope_within_ = &scope.within;
    depth_ = 0;
    lambdas_ = 0;
    steps_ = 0;
    auto tree = parse(std::make_shared<const Source>(Source{text, scope.within}));
    if (!tree) return std::move(tree.errors());
    Names names;
    if (scope.table >= 0) {
        const TableRef table{scope.table, scope.which};
        names.row = of(row_type(table), builder_.row(row_variable(table)));
    }
    Value value = check(*tree, names);
    const auto node = finish(*tree, names, std::move(value), expected);
    if (!errors_.empty()) return std::move(errors_);
    if (!expected) compiled.emplace(text.text, *node);
    return *node;
}

// The same for all rules of a table, so that what is made of it once serves them all.
Variable Checker::row_variable(TableRef table) {
    const auto [found, is_new] = row_variables_.try_emplace(table);
    if (is_new) found->second = builder_.new_variable(table);
    return found->second;
}

std::optional<NodeId> Checker::finish(const SyntaxPointer& tree, Names& names, Value value,
                                      const std::optional<Type>& expected) {
    if (value.failed) return {};
    if (value.type.kind == Kind::interval) {
        type_error(tree, names, "an interval is no result of its own",
                   "use it in overlaps(…) or contains(…)");
        return {};
    }
    if (expected) {
        if (expected->kind == Kind::decimal && value.type.kind == Kind::integer) value = to_decimal(value);
        const bool element_fits = expected->kind != Kind::list || expected->element == value.type.element;
        const bool table_fits = expected->table < 0 ||
                                (expected->table == value.type.table && expected->which == value.type.which);
        if (value.type.kind != expected->kind || !element_fits || !table_fits) {
            std::string hint;
            if (expected->kind == Kind::date && value.type.kind == Kind::text && value.constant)
                hint = fmt::format("write date('{}')", value.constant->text);
            if (expected->kind == Kind::date && value.type.kind == Kind::integer)
                hint = "write a date as date('2026-03-31')";
            if (expected->kind == Kind::text &&
                (value.type.kind == Kind::postcode || value.type.kind == Kind::date))
                hint = "string(…) makes a text of it";
            type_error(tree, names,
                       fmt::format("this must be {}, but is {}", describe_type(*expected),
                                   describe_type(value.type)),
                       hint);
            return {};
        }
    }
    if (value.type.kind == Kind::list) return list_node(tree, names, value);
    return value.operand.node;
}

NodeId Checker::list_node(const SyntaxPointer& tree, const Names& names, const Value& value) {
    const ListValue& list = *value.list;
    if (list.form == ListValue::Form::rows) {
        if (list.element.type.kind == Kind::list || list.element.type.kind == Kind::interval) {
            type_error(tree, names, "a list of lists or intervals is no result of its own");
            return -1;
        }
        const Operand* mask = list.mask ? &*list.mask : nullptr;
        return builder_.list(value.type, list.variable, mask, list.element.operand).node;
    }
    std::vector<Constant> constants;
    for (const Value& element : list.elements)
        if (element.constant) constants.push_back(*element.constant);
    if (list.form == ListValue::Form::split || constants.size() != list.elements.size()) {
        type_error(tree, names, "only a list of constants or of rows can be a result",
                   "use it on the right of 'in'");
        return -1;
    }
    Node node;
    node.op = Op::constant_list;
    node.type = value.type;
    node.a = graph_.add_set(constants);
    return graph_.add(std::move(node));
}

}  // namespace caseaudit::expression
