#include "engine/arguments.h"

#include <charconv>
#include <set>

namespace caseaudit::engine {
namespace {

using expression::Constant;
using expression::Kind;
using expression::Type;
using yaml::Node;

caseaudit_string view(const std::string& text) { return {text.data(), text.size()}; }

std::optional<Type> expected_type(std::int32_t type) {
    switch (type) {
        case CASEAUDIT_BOOLEAN: return Type{Kind::boolean};
        case CASEAUDIT_INTEGER: return Type{Kind::integer};
        case CASEAUDIT_DECIMAL: return Type{Kind::decimal};
        case CASEAUDIT_DATE: return Type{Kind::date};
        case CASEAUDIT_TEXT: return Type{Kind::text};
        default: return {};
    }
}

std::int32_t column_type(Kind kind) {
    switch (kind) {
        case Kind::boolean: return CASEAUDIT_BOOLEAN;
        case Kind::integer: return CASEAUDIT_INTEGER;
        case Kind::decimal: return CASEAUDIT_DECIMAL;
        case Kind::date: return CASEAUDIT_DATE;
        default: return CASEAUDIT_TEXT;
    }
}

std::string_view type_name(std::int32_t type) {
    switch (type) {
        case CASEAUDIT_BOOLEAN: return "true or false";
        case CASEAUDIT_INTEGER: return "a whole number";
        case CASEAUDIT_DECIMAL: return "a number";
        case CASEAUDIT_DATE: return "a date, yyyy-mm-dd";
        case CASEAUDIT_DURATION: return "a duration such as {working_days: 3}";
        default: return "text";
    }
}

const std::map<std::string, std::int32_t, std::less<>>& units() {
    static const std::map<std::string, std::int32_t, std::less<>> all = {{"days", CASEAUDIT_DAYS},
                                                                         {"working_days", CASEAUDIT_WORKING_DAYS},
                                                                         {"weeks", CASEAUDIT_WEEKS},
                                                                         {"months", CASEAUDIT_MONTHS},
                                                                         {"years", CASEAUDIT_YEARS}};
    return all;
}

}  // namespace

// One pass over a rule's arguments.
struct Arguments::Reader {
    Arguments& out;
    const rulepack::Rule& rule;
    expression::Compiler& compiler;
    const expression::Environment& environment;
    const expression::Scope& scope;
    Diagnostics errors;

    void error(const std::string& argument, const Node* node, std::string code, std::string message,
               std::string fragment = {}, std::string hint = {}) {
        Diagnostic d{std::move(code), std::move(message), rule.place, std::move(fragment), std::move(hint), scope.within};
        if (node != nullptr) d.place = {rule.place.file, node->line, node->column};
        d.within.push_back("with: " + argument);
        errors.push_back(std::move(d));
    }

    bool scalar(const std::string& name, const Node& node, std::int32_t type, caseaudit_value& value) {
        std::string text = node.text;
        if (node.kind == Node::Kind::scalar && !node.quoted && text.size() > 1 && text[0] == '$') {
            const auto found = environment.parameters.find(text.substr(1));
            if (found == environment.parameters.end()) {
                std::vector<std::string> known;
                for (const auto& [key, parameter] : environment.parameters) known.push_back(key);
                const auto near = nearest(text.substr(1), known);
                error(name, &node, "rule.unknown-parameter", fmt::format("there is no parameter '{}'", text), text,
                      near.empty() ? "" : fmt::format("did you mean '${}'?", near));
                return false;
            }
            return constant(name, node, found->second, type, value);
        }
        if (node.kind != Node::Kind::scalar) {
            error(name, &node, "rule.argument-type", fmt::format("'{}' takes {}", name, type_name(type)));
            return false;
        }
        return parsed(name, node, text, type, value);
    }

    bool parsed(const std::string& name, const Node& node, const std::string& text, std::int32_t type,
                caseaudit_value& value) {
        const char* const end = text.data() + text.size();
        value = {type, 0, {}};
        bool good = true;
        if (type == CASEAUDIT_BOOLEAN) {
            good = text == "true" || text == "false";
            value.as.integer = text == "true";
        } else if (type == CASEAUDIT_INTEGER) {
            const auto read = std::from_chars(text.data(), end, value.as.integer);
            good = read.ec == std::errc{} && read.ptr == end;
        } else if (type == CASEAUDIT_DECIMAL) {
            const auto read = std::from_chars(text.data(), end, value.as.decimal);
            good = read.ec == std::errc{} && read.ptr == end;
        } else if (type == CASEAUDIT_DATE) {
            calendar::Day day = 0;
            good = calendar::parse_iso(text, day);
            value.as.integer = day;
        } else {
            value.type = CASEAUDIT_TEXT;
            value.as.text = view(out.strings_.emplace_back(text));
        }
        if (!good) error(name, &node, "rule.argument-type", fmt::format("'{}' takes {}", name, type_name(type)), text);
        return good;
    }

    bool constant(const std::string& name, const Node& node, const Constant& given, std::int32_t type,
                  caseaudit_value& value) {
        value = {column_type(given.kind), 0, {}};
        switch (given.kind) {
            case Kind::boolean: value.as.integer = given.boolean; break;
            case Kind::integer: value.as.integer = given.integer; break;
            case Kind::decimal: value.as.decimal = given.decimal; break;
            case Kind::date: value.as.integer = given.date; break;
            default: value.as.text = view(out.strings_.emplace_back(given.text));
        }
        if (type == CASEAUDIT_DECIMAL && given.kind == Kind::integer) {
            value.type = CASEAUDIT_DECIMAL;
            value.as.decimal = static_cast<double>(given.integer);
        }
        if (type != 0 && value.type != type) {
            error(name, &node, "rule.argument-type", fmt::format("'{}' takes {}, and the parameter is something else", name, type_name(type)), node.text);
            return false;
        }
        return true;
    }

    bool duration(const std::string& name, const Node& node, caseaudit_value& value) {
        if (node.kind != Node::Kind::map || node.entries.size() != 1) {
            error(name, &node, "rule.argument-type", fmt::format("'{}' takes {}", name, type_name(CASEAUDIT_DURATION)), node.text);
            return false;
        }
        const auto& [key, count] = node.entries.front();
        const auto unit = units().find(key.text);
        if (unit == units().end()) {
            std::vector<std::string> known;
            for (const auto& [text, id] : units()) known.push_back(text);
            const auto near = nearest(key.text, known);
            error(name, &key, "rule.unknown-unit", fmt::format("'{}' is no unit of time", key.text), key.text,
                  near.empty() ? "use days, working_days, weeks, months or years" : fmt::format("did you mean '{}'?", near));
            return false;
        }
        if (!scalar(name, count, CASEAUDIT_INTEGER, value)) return false;
        value.type = CASEAUDIT_DURATION;
        value.unit = unit->second;
        return true;
    }

    void add_constants(const std::string& name, const Node& node, const caseaudit_parameter& parameter) {
        auto& values = out.values_.emplace_back();
        bool good = true;
        if (parameter.kind == CASEAUDIT_CONSTANT) {
            good = parameter.type == CASEAUDIT_DURATION ? duration(name, node, values.emplace_back())
                                                        : scalar(name, node, parameter.type, values.emplace_back());
        } else if (node.kind == Node::Kind::scalar && node.text.starts_with('$') && environment.lists.contains(node.text.substr(1))) {
            for (const auto& item : environment.lists.at(node.text.substr(1)))
                good = constant(name, node, item, parameter.type, values.emplace_back()) && good;
        } else if (node.kind == Node::Kind::sequence) {
            for (const auto& item : node.items) good = scalar(name, item, parameter.type, values.emplace_back()) && good;
        } else {
            error(name, &node, "rule.argument-type", fmt::format("'{}' takes a list", name), node.text);
            good = false;
        }
        if (!good) return;
        out.arguments_.push_back({view(out.strings_.emplace_back(name)), parameter.kind, parameter.type, values.size(), values.data(), 0});
    }

    bool add_column(const Node& node, const std::string& text, const caseaudit_parameter& parameter, std::int32_t& type) {
        Place place{rule.place.file, node.line, node.column + (node.quoted ? 1u : 0u)};
        auto inner = scope;
        inner.within.push_back(fmt::format("with: {}", parameter.name));
        auto compiled = compiler.compile({text, place}, inner, expected_type(parameter.type));
        if (!compiled) {
            for (auto& d : compiled.errors()) errors.push_back(std::move(d));
            return false;
        }
        const auto kind = compiler.type(*compiled).kind;
        if (kind == Kind::row || kind == Kind::list || kind == Kind::interval) {
            error(parameter.name, &node, "rule.argument-type", fmt::format("'{}' takes a single value for each row", parameter.name), text);
            return false;
        }
        type = column_type(kind);
        out.columns_.push_back(*compiled);
        return true;
    }

    void add_columns(const std::string& name, const Node& node, const caseaudit_parameter& parameter) {
        const std::size_t first = out.columns_.size();
        std::vector<const Node*> nodes;
        if (parameter.kind == CASEAUDIT_EXPRESSION_LIST && node.kind == Node::Kind::sequence) {
            for (const auto& item : node.items) nodes.push_back(&item);
        } else {
            nodes.push_back(&node);
        }
        std::int32_t type = 0;
        for (const Node* item : nodes) {
            if (item->kind != Node::Kind::scalar) {
                error(name, item, "rule.argument-type", fmt::format("'{}' takes an expression", name));
                return;
            }
            if (!add_column(*item, item->text, parameter, type)) return;
        }
        out.arguments_.push_back({view(out.strings_.emplace_back(name)), parameter.kind, type, nodes.size(), nullptr, first});
    }
};

Diagnostics Arguments::bind(const rulepack::Rule& rule, const caseaudit_check& check, expression::Compiler& compiler,
                            const expression::Environment& environment, const expression::Scope& scope) {
    Reader reader{*this, rule, compiler, environment, scope, {}};
    std::vector<std::string> names;
    for (std::size_t i = 0; i < check.parameter_count; ++i) names.emplace_back(check.parameters[i].name);
    for (const auto& argument : rule.with) {
        if (std::find(names.begin(), names.end(), argument.name) != names.end()) continue;
        const auto near = nearest(argument.name, names);
        reader.errors.push_back({"rule.unknown-argument", fmt::format("the check '{}' has no parameter '{}'", rule.check, argument.name),
                                 argument.place, argument.name, near.empty() ? fmt::format("it has: {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near), scope.within});
    }
    for (std::size_t i = 0; i < check.parameter_count; ++i) {
        const caseaudit_parameter& parameter = check.parameters[i];
        const auto given = std::find_if(rule.with.begin(), rule.with.end(), [&](const auto& a) { return a.name == parameter.name; });
        const bool expression = parameter.kind == CASEAUDIT_EXPRESSION || parameter.kind == CASEAUDIT_EXPRESSION_LIST;
        if (given != rule.with.end()) {
            expression ? reader.add_columns(parameter.name, given->node, parameter)
                       : reader.add_constants(parameter.name, given->node, parameter);
        } else if (std::string_view(parameter.name) == "as_at" && parameter.kind == CASEAUDIT_EXPRESSION && parameter.type == CASEAUDIT_DATE) {
            Node as_at;
            as_at.kind = Node::Kind::scalar;
            as_at.text = "as_at";
            reader.add_columns(parameter.name, as_at, parameter);
        } else if (parameter.required != 0) {
            reader.errors.push_back({"rule.missing-argument", fmt::format("the check '{}' needs '{}'", rule.check, parameter.name),
                                     rule.place, {}, fmt::format("add '{}' under with: it is {}", parameter.name, parameter.description), scope.within});
        }
    }
    return std::move(reader.errors);
}

caseaudit_configuration Arguments::configuration() const {
    return {sizeof(caseaudit_configuration), view(pack_), view(rule_), arguments_.size(), arguments_.data()};
}

}  // namespace caseaudit::engine
