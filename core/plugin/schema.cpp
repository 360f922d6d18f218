#include "plugin/schema.h"

#include "calendar/civil.h"
#include "caseaudit/sdk/limits.hpp"
#include "plugin/printable.h"

namespace caseaudit::plugin {
namespace {

std::string text_or_empty(const char* text) {
    return text == nullptr ? "" : text;
}

struct UnitName {
    caseaudit_unit unit;
    const char* name;
};
constexpr UnitName units[] = {{CASEAUDIT_DAYS, "days"},
                              {CASEAUDIT_WORKING_DAYS, "working_days"},
                              {CASEAUDIT_WEEKS, "weeks"},
                              {CASEAUDIT_MONTHS, "months"},
                              {CASEAUDIT_YEARS, "years"}};

std::string_view describe(Form form) {
    switch (form) {
        case Form::nothing:
            return "nothing";
        case Form::scalar:
            return "one value";
        case Form::list:
            return "a list";
        case Form::map:
            return "a map";
    }
    return "";
}

std::vector<std::string> names_of(const std::vector<ParameterSchema>& parameters) {
    std::vector<std::string> names;
    names.reserve(parameters.size());
    for (const auto& parameter : parameters) names.push_back(parameter.name);
    return names;
}

Diagnostic unknown(const std::string& check, const CheckSchema& schema, const Given& argument) {
    const auto names = names_of(schema.parameters);
    const auto close = nearest(argument.name, names);
    Diagnostic problem;
    problem.code = "pack.unknown-parameter";
    problem.message = fmt::format("the check {} has no parameter '{}'", check, argument.name);
    problem.place = argument.place;
    problem.fragment = argument.name;
    problem.hint = close.empty() ? fmt::format("its parameters are {}", fmt::join(names, ", "))
                                 : fmt::format("did you mean '{}'?", close);
    return problem;
}

Diagnostic misshapen(const std::string& check, const ParameterSchema& parameter, const Given& argument) {
    Diagnostic problem;
    problem.code = "pack.parameter-form";
    problem.message = fmt::format("parameter '{}' of {} wants {}, not {}", parameter.name, check,
                                  wanted(parameter), describe(argument.form));
    problem.place = argument.place;
    problem.fragment = argument.name;
    problem.hint = parameter.description;
    return problem;
}

Diagnostic absent(const std::string& check, const ParameterSchema& parameter, const Place& check_place) {
    Diagnostic problem;
    problem.code = "pack.missing-parameter";
    problem.message = fmt::format("the check {} needs the parameter '{}'", check, parameter.name);
    problem.place = check_place;
    problem.fragment = check;
    problem.hint = fmt::format("give {} below `with:`: {}", wanted(parameter), parameter.description);
    return problem;
}

}  // namespace

bool fits(const ParameterSchema& parameter, Form form) {
    switch (form) {
        case Form::nothing:
            return false;
        case Form::scalar:
            return parameter.type != CASEAUDIT_DURATION;
        case Form::list:
            return parameter.is_list();
        case Form::map:
            return parameter.type == CASEAUDIT_DURATION && !parameter.is_list();
    }
    return false;
}

const ParameterSchema* CheckSchema::find(std::string_view parameter) const {
    for (const auto& one : parameters)
        if (one.name == parameter) return &one;
    return nullptr;
}

bool CheckSchema::shows(std::string_view evidence_name) const {
    return std::any_of(evidence.begin(), evidence.end(),
                       [&](const EvidenceSchema& one) { return one.name == evidence_name; });
}

CheckSchema schema_of(const caseaudit_check& check) {
    CheckSchema schema{text_or_empty(check.name), text_or_empty(check.description), {}, {}};
    for (std::size_t i = 0; i < check.parameter_count; ++i) {
        const caseaudit_parameter& one = *check.parameters[i];
        schema.parameters.push_back({text_or_empty(one.name), text_or_empty(one.description),
                                     static_cast<caseaudit_parameter_kind>(one.kind), one.type,
                                     one.required != 0, sdk::complete(one)});
    }
    for (std::size_t i = 0; i < check.evidence_count; ++i) {
        const caseaudit_evidence_schema& one = *check.evidence[i];
        schema.evidence.push_back({text_or_empty(one.name), text_or_empty(one.description), one.type});
    }
    return schema;
}

caseaudit_judges judges_of(const caseaudit_check& check) {
    if (check.struct_size < offsetof(caseaudit_check, judges) + sizeof check.judges)
        return CASEAUDIT_JUDGES_BATCHES;
    return static_cast<caseaudit_judges>(check.judges);
}

std::string_view type_name(int type) {
    switch (type) {
        case CASEAUDIT_BOOLEAN:
            return "boolean";
        case CASEAUDIT_INTEGER:
            return "integer";
        case CASEAUDIT_DECIMAL:
            return "decimal";
        case CASEAUDIT_DATE:
            return "date";
        case CASEAUDIT_TEXT:
            return "text";
        case CASEAUDIT_DURATION:
            return "duration";
        default:
            return "any type";
    }
}

std::string wanted(const ParameterSchema& parameter) {
    if (parameter.type == CASEAUDIT_DURATION) return "a duration such as {working_days: 3}";
    const auto type = type_name(parameter.type);
    switch (parameter.kind) {
        case CASEAUDIT_CONSTANT:
            return fmt::format("a constant ({})", type);
        case CASEAUDIT_CONSTANT_LIST:
            return fmt::format("a list of constants ({})", type);
        case CASEAUDIT_EXPRESSION:
            return fmt::format("an expression ({})", type);
        case CASEAUDIT_EXPRESSION_LIST:
            return fmt::format("a list of expressions ({})", type);
    }
    return "";
}

namespace {

std::string shown(const caseaudit_value& value) {
    switch (value.type) {
        case CASEAUDIT_BOOLEAN:
            return value.as.integer != 0 ? "true" : "false";
        case CASEAUDIT_INTEGER:
            return std::to_string(value.as.integer);
        case CASEAUDIT_DECIMAL:
            return sdk::in_words(value.as.decimal);
        case CASEAUDIT_DATE:
            return calendar::to_iso(static_cast<calendar::Day>(value.as.integer));
        case CASEAUDIT_TEXT:
            return printable({value.as.text.data, value.as.text.size});
        case CASEAUDIT_DURATION:
            return fmt::format("{} {}", value.as.integer, unit_name(value.unit));
        default:
            return "";
    }
}

}  // namespace

std::string limits_and_default(const ParameterSchema& parameter) {
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
    };
    add(sdk::range_in_words(parameter.declared));
    add(sdk::units_in_words(parameter.declared));
    if (parameter.declared.otherwise.type != 0) add("default " + shown(parameter.declared.otherwise));
    return text;
}

std::optional<caseaudit_unit> parse_unit(std::string_view name) {
    for (const auto& one : units)
        if (name == one.name) return one.unit;
    return std::nullopt;
}

std::vector<std::string> unit_names() {
    std::vector<std::string> names;
    for (const auto& one : units) names.emplace_back(one.name);
    return names;
}

std::string_view unit_name(int unit) {
    for (const auto& one : units)
        if (unit == one.unit) return one.name;
    return "";
}

Diagnostics validate(const std::string& qualified_name, const caseaudit_check& check,
                     const std::vector<Given>& given, const Place& check_place,
                     const std::vector<std::string>& within) {
    const CheckSchema schema = schema_of(check);
    Diagnostics problems;
    for (const auto& argument : given) {
        const ParameterSchema* parameter = schema.find(argument.name);
        if (parameter == nullptr)
            problems.push_back(unknown(qualified_name, schema, argument));
        else if (!fits(*parameter, argument.form))
            problems.push_back(misshapen(qualified_name, *parameter, argument));
    }
    for (const auto& parameter : schema.parameters) {
        const bool there = std::any_of(given.begin(), given.end(), [&](const Given& argument) {
            return argument.name == parameter.name;
        });
        if (parameter.required && !there) problems.push_back(absent(qualified_name, parameter, check_place));
    }
    for (auto& problem : problems) problem.within = within;
    return problems;
}

}  // namespace caseaudit::plugin
