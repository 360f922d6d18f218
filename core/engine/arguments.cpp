#include "engine/arguments.h"

#include "caseaudit/sdk/limits.hpp"
#include "rulepack/constant.h"

namespace caseaudit::engine {
namespace {

using expression::Constant;
using expression::Kind;
using expression::Type;
using plugin::ConstantValue;
using plugin::ParameterSchema;
using yaml::Node;

// The kinds a constant of a caseaudit_type is made from.
std::optional<Kind> kind_of(int type) {
    switch (type) {
        case CASEAUDIT_BOOLEAN:
            return Kind::boolean;
        case CASEAUDIT_INTEGER:
            return Kind::integer;
        case CASEAUDIT_DECIMAL:
            return Kind::decimal;
        case CASEAUDIT_DATE:
            return Kind::date;
        case CASEAUDIT_TEXT:
            return Kind::text;
        default:
            return {};
    }
}

int column_type(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return CASEAUDIT_BOOLEAN;
        case Kind::integer:
            return CASEAUDIT_INTEGER;
        case Kind::decimal:
            return CASEAUDIT_DECIMAL;
        case Kind::date:
            return CASEAUDIT_DATE;
        default:
            return CASEAUDIT_TEXT;
    }
}

ConstantValue value_of(const Constant& constant) {
    switch (constant.kind) {
        case Kind::boolean:
            return ConstantValue::of_boolean(constant.boolean);
        case Kind::integer:
            return ConstantValue::of_integer(constant.integer);
        case Kind::decimal:
            return ConstantValue::of_decimal(constant.decimal);
        case Kind::date:
            return ConstantValue::of_date(constant.date);
        default:
            return ConstantValue::of_text(constant.text);
    }
}

plugin::Form form_of(const Node& node) {
    switch (node.kind) {
        case Node::Kind::scalar:
            return plugin::Form::scalar;
        case Node::Kind::sequence:
            return plugin::Form::list;
        case Node::Kind::map:
            return plugin::Form::map;
        default:
            return plugin::Form::nothing;
    }
}

// One argument of one rule.
struct ArgumentReader {
    const rulepack::Rule& rule;
    const rulepack::Argument& argument;
    const ParameterSchema& schema;
    expression::Compiler& compiler;
    const expression::Environment& environment;
    const expression::Scope& scope;
    Diagnostics& errors;

    std::vector<std::string> within() const {
        auto chain = scope.within;
        chain.push_back(fmt::format("with: {}", argument.name));
        return chain;
    }

    void error(const Node& node, std::string code, std::string message, std::string hint = {}) const {
        errors.push_back({std::move(code),
                          std::move(message),
                          {argument.place.file, node.line, node.column},
                          node.text,
                          std::move(hint),
                          within()});
    }

    static bool is_name(const Node& node) {
        return node.kind == Node::Kind::scalar && !node.quoted && node.text.size() > 1 && node.text[0] == '$';
    }

    std::optional<ConstantValue> constant(const Node& node, int type) const {
        if (is_name(node)) {
            const auto found = environment.parameters.find(node.text.substr(1));
            if (found != environment.parameters.end()) return value_of(found->second);
            std::vector<std::string> known;
            for (const auto& [name, value] : environment.parameters) known.push_back(name);
            const auto near = nearest(node.text.substr(1), known);
            error(node, "rule.unknown-parameter", fmt::format("the pack has no parameter '{}'", node.text),
                  near.empty() ? "" : fmt::format("did you mean '${}'?", near));
            return {};
        }
        std::optional<Constant> read;
        if (node.kind == Node::Kind::scalar) {
            const auto kind = kind_of(type);
            read = kind ? rulepack::constant_from(std::string_view(node.text), *kind)
                        : rulepack::constant_from(node);
        }
        if (read) return value_of(*read);
        error(node, "rule.argument-type",
              fmt::format("'{}' takes {}", argument.name, plugin::wanted(schema)));
        return {};
    }

    // Nothing, after an error at `node`, for what lies outside of the limits that the check declares.
    std::optional<ConstantValue> within_limits(const Node& node, ConstantValue value) const {
        const auto why = plugin::outside_limits(schema, value);
        if (why.empty()) return value;
        const auto number = value.type == CASEAUDIT_DECIMAL ? fmt::format("{}", value.decimal)
                                                            : std::to_string(value.integer);
        error(node, "rule.out-of-range",
              fmt::format("'{}' {}{}", argument.name, why,
                          is_name(node) ? fmt::format(", and {} is {}", node.text, number) : ""),
              schema.description);
        return {};
    }

    std::optional<ConstantValue> limited(const Node& node) const {
        auto value = constant(node, schema.type);
        return value ? within_limits(node, std::move(*value)) : std::nullopt;
    }

    std::optional<ConstantValue> duration() const {
        const auto& entries = argument.node.entries;
        if (entries.size() != 1) {
            error(argument.node, "rule.argument-type",
                  fmt::format("'{}' takes a duration of one unit", argument.name),
                  "for example {working_days: 3}");
            return {};
        }
        const auto unit = plugin::parse_unit(entries.front().first.text);
        if (!unit) {
            const auto near = nearest(entries.front().first.text, plugin::unit_names());
            error(entries.front().first, "rule.unknown-unit",
                  fmt::format("'{}' is no unit of time", entries.front().first.text),
                  near.empty() ? fmt::format("use {}", fmt::join(plugin::unit_names(), ", "))
                               : fmt::format("did you mean '{}'?", near));
            return {};
        }
        auto count = constant(entries.front().second, CASEAUDIT_INTEGER);
        if (!count) return {};
        if (count->type != CASEAUDIT_INTEGER) {
            error(entries.front().second, "rule.argument-type",
                  fmt::format("'{}' takes a whole number of {}", argument.name, plugin::unit_name(*unit)));
            return {};
        }
        auto value = ConstantValue::of_duration(count->integer, *unit);
        const bool unit_allowed = sdk::unit_allowed(schema.declared, *unit);
        return within_limits(unit_allowed ? entries.front().second : entries.front().first, std::move(value));
    }

    std::string add_constants(plugin::ArgumentSet& set) const {
        if (!schema.is_list()) {
            auto value = argument.node.kind == Node::Kind::map ? duration() : limited(argument.node);
            return value ? set.constant(argument.name, std::move(*value)) : std::string{};
        }
        std::vector<ConstantValue> values;
        const auto list = is_name(argument.node) ? environment.lists.find(argument.node.text.substr(1))
                                                 : environment.lists.end();
        if (list != environment.lists.end()) {
            for (const auto& item : list->second) values.push_back(value_of(item));
        } else if (argument.node.kind == Node::Kind::sequence) {
            for (const auto& item : argument.node.items) {
                auto value = limited(item);
                if (!value) return {};
                values.push_back(std::move(*value));
            }
        } else {
            auto value = limited(argument.node);
            if (!value) return {};
            values.push_back(std::move(*value));
        }
        return set.constants(argument.name, std::move(values));
    }

    // The condition that a code is not on its list; -1 for what is no code.
    expression::NodeId off_list(const Node& node, expression::NodeId value,
                                const expression::Scope& inner) const {
        if (compiler.type(value).code_list < 0) return -1;
        auto text = rulepack::text_of(argument, node);
        text.text = fmt::format("invalid({})", text.text);
        const auto compiled = compiler.compile(text, inner);
        return compiled ? *compiled : -1;
    }

    std::optional<plugin::ExpressionArgument> expression(const Node& node,
                                                         std::vector<ColumnNode>& columns) const {
        if (node.kind != Node::Kind::scalar) {
            error(node, "rule.argument-type",
                  fmt::format("'{}' takes {}", argument.name, plugin::wanted(schema)));
            return {};
        }
        auto inner = scope;
        inner.within = within();
        std::optional<Type> expected;
        // Codes and postcodes are text to a check, so a text parameter takes any of the three.
        if (const auto kind = kind_of(schema.type); kind && *kind != Kind::text) expected = Type{*kind};
        auto compiled = compiler.compile(rulepack::text_of(argument, node), inner, expected);
        if (!compiled) {
            errors.insert(errors.end(), compiled.errors().begin(), compiled.errors().end());
            return {};
        }
        const Kind kind = compiler.type(*compiled).kind;
        if (kind == Kind::row || kind == Kind::list || kind == Kind::interval) {
            error(node, "rule.argument-type",
                  fmt::format("'{}' takes a single value for each record", argument.name));
            return {};
        }
        columns.push_back({*compiled, off_list(node, *compiled, inner)});
        return plugin::ExpressionArgument{column_type(kind), node.text};
    }

    std::string add_expressions(plugin::ArgumentSet& set, std::vector<ColumnNode>& columns) const {
        if (!schema.is_list()) {
            auto one = expression(argument.node, columns);
            return one ? set.expression(argument.name, std::move(*one)) : std::string{};
        }
        std::vector<plugin::ExpressionArgument> all;
        const bool several = argument.node.kind == Node::Kind::sequence;
        for (std::size_t i = 0; i < (several ? argument.node.items.size() : 1); ++i) {
            auto one = expression(several ? argument.node.items[i] : argument.node, columns);
            if (!one) return {};
            all.push_back(std::move(*one));
        }
        return set.expressions(argument.name, std::move(all));
    }
};

}  // namespace

BoundArguments bind_arguments(const rulepack::Rule& rule, const caseaudit_check& check,
                              expression::Compiler& compiler, const expression::Environment& environment,
                              const expression::Scope& scope, Diagnostics& errors) {
    BoundArguments bound{std::make_unique<plugin::ArgumentSet>(check), {}};
    std::vector<plugin::Given> given;
    for (const auto& argument : rule.with)
        given.push_back({argument.name, form_of(argument.node), argument.name_place});
    const auto wrong = plugin::validate(rule.check, check, given, rule.check_place, scope.within);
    errors.insert(errors.end(), wrong.begin(), wrong.end());
    const auto schema = plugin::schema_of(check);
    for (const auto& argument : rule.with) {
        const ParameterSchema* parameter = schema.find(argument.name);
        if (parameter == nullptr || !plugin::fits(*parameter, form_of(argument.node)))
            continue;  // told above
        const ArgumentReader reader{rule, argument, *parameter, compiler, environment, scope, errors};
        const auto misfit = parameter->is_expression() ? reader.add_expressions(*bound.set, bound.columns)
                                                       : reader.add_constants(*bound.set);
        if (!misfit.empty()) reader.error(argument.node, "rule.argument-type", misfit);
    }
    return bound;
}

}  // namespace caseaudit::engine
