#include "plugin/arguments.h"

#include "caseaudit/sdk/limits.hpp"

namespace caseaudit::plugin {
namespace {

caseaudit_string borrow(const std::string& text) {
    return {text.data(), text.size()};
}

caseaudit_value to_value(const ConstantValue& constant) {
    caseaudit_value value{};
    value.type = constant.type;
    value.unit = constant.unit;
    if (constant.type == CASEAUDIT_TEXT)
        value.as.text = borrow(constant.text);
    else if (constant.type == CASEAUDIT_DECIMAL)
        value.as.decimal = constant.decimal;
    else
        value.as.integer = constant.integer;
    return value;
}

std::string misfit(const ParameterSchema& parameter, std::string_view given) {
    return fmt::format("parameter '{}' wants {}, not {}", parameter.name, wanted(parameter), given);
}

}  // namespace

std::string outside_limits(const ParameterSchema& parameter, const ConstantValue& constant) {
    const auto value = to_value(constant);
    if (value.type == CASEAUDIT_DURATION && !sdk::unit_allowed(parameter.declared, value.unit))
        return fmt::format("must be {}", sdk::units_in_words(parameter.declared));
    if (!sdk::within_range(parameter.declared, value))
        return fmt::format("must be {}", sdk::range_in_words(parameter.declared));
    return "";
}

ArgumentSet::ArgumentSet(const caseaudit_check& check) : schema_(schema_of(check)) {}

std::string ArgumentSet::find(const std::string& name, bool expression, bool list, Stored& stored) const {
    const ParameterSchema* parameter = schema_.find(name);
    if (parameter == nullptr) return fmt::format("the check has no parameter '{}'", name);
    if (parameter->is_expression() != expression)
        return misfit(*parameter, expression ? "an expression" : "a constant");
    if (parameter->is_list() != list) return misfit(*parameter, list ? "a list" : "one value");
    stored.rank = static_cast<std::size_t>(parameter - schema_.parameters.data());
    stored.name = name;
    stored.argument.struct_size = sizeof(caseaudit_argument);
    stored.argument.kind = parameter->kind;
    stored.argument.type = parameter->type;
    return "";
}

std::string ArgumentSet::store_constants(const std::string& name, std::vector<ConstantValue> values,
                                         bool list) {
    Stored stored;
    if (auto why = find(name, false, list, stored); !why.empty()) return why;
    const ParameterSchema& parameter = schema_.parameters[stored.rank];
    for (auto& value : values) {
        if (parameter.type == CASEAUDIT_DECIMAL && value.type == CASEAUDIT_INTEGER)
            value = ConstantValue::of_decimal(static_cast<double>(value.integer));
        if (parameter.type != 0 && value.type != parameter.type)
            return misfit(parameter, fmt::format("one of type {}", type_name(value.type)));
        if (const auto why = outside_limits(parameter, value); !why.empty())
            return fmt::format("parameter '{}' {}", name, why);
    }
    stored.constants = std::move(values);
    stored_.push_back(std::move(stored));
    return "";
}

std::string ArgumentSet::store_expressions(const std::string& name,
                                           std::vector<ExpressionArgument> expressions, bool list) {
    Stored stored;
    if (auto why = find(name, true, list, stored); !why.empty()) return why;
    const ParameterSchema& parameter = schema_.parameters[stored.rank];
    int type = expressions.empty() ? parameter.type : expressions.front().type;
    for (auto& one : expressions) {
        if (parameter.type != 0 && one.type != parameter.type)
            return misfit(parameter, fmt::format("one of type {}", type_name(one.type)));
        if (one.type != type) type = 0;
        stored.expression_texts.push_back(std::move(one.text));
    }
    stored.argument.type = type;
    stored.argument.column = columns_;
    columns_ += expressions.size();
    stored_.push_back(std::move(stored));
    return "";
}

std::string ArgumentSet::constant(const std::string& name, ConstantValue value) {
    return store_constants(name, {std::move(value)}, false);
}
std::string ArgumentSet::constants(const std::string& name, std::vector<ConstantValue> values) {
    return store_constants(name, std::move(values), true);
}
std::string ArgumentSet::expression(const std::string& name, ExpressionArgument one) {
    return store_expressions(name, {std::move(one)}, false);
}
std::string ArgumentSet::expressions(const std::string& name, std::vector<ExpressionArgument> many) {
    return store_expressions(name, std::move(many), true);
}

const caseaudit_configuration& ArgumentSet::configuration(const std::string& pack, const std::string& rule,
                                                          calendar::Day as_at) {
    pack_ = pack;
    rule_ = rule;
    std::vector<Stored*> ordered;
    for (auto& stored : stored_) ordered.push_back(&stored);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const Stored* left, const Stored* right) { return left->rank < right->rank; });
    arguments_.clear();
    for (Stored* stored : ordered) {
        stored->values.clear();
        stored->texts.clear();
        for (const auto& constant : stored->constants) stored->values.push_back(to_value(constant));
        for (const auto& text : stored->expression_texts) stored->texts.push_back(borrow(text));
        const bool is_expression = stored->argument.kind == CASEAUDIT_EXPRESSION ||
                                   stored->argument.kind == CASEAUDIT_EXPRESSION_LIST;
        stored->argument.name = borrow(stored->name);
        stored->argument.count = is_expression ? stored->texts.size() : stored->values.size();
        stored->argument.values = is_expression ? nullptr : stored->values.data();
        stored->argument.texts = is_expression ? stored->texts.data() : nullptr;
        arguments_.push_back(&stored->argument);
    }
    configuration_ = {sizeof(caseaudit_configuration),
                      as_at,
                      borrow(pack_),
                      borrow(rule_),
                      arguments_.size(),
                      arguments_.data()};
    return configuration_;
}

}  // namespace caseaudit::plugin
