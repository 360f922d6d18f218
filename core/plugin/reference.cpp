#include "plugin/reference.h"

#include "plugin/schema.h"

namespace caseaudit::plugin {
namespace {

std::string_view kind_name(const ParameterSchema& parameter) {
    switch (parameter.kind) {
        case CASEAUDIT_CONSTANT:
            return "constant";
        case CASEAUDIT_CONSTANT_LIST:
            return "list of constants";
        case CASEAUDIT_EXPRESSION:
            return "expression";
        case CASEAUDIT_EXPRESSION_LIST:
            return "list of expressions";
    }
    return "";
}

}  // namespace

std::string reference(const std::string& plugin_name, const caseaudit_check& check) {
    const CheckSchema schema = schema_of(check);
    std::string text = fmt::format("### {}.{}\n\n{}\n", plugin_name, schema.name, schema.description);
    if (!schema.parameters.empty()) text += "\n| Parameter | Wants | Meaning |\n|---|---|---|\n";
    for (const auto& parameter : schema.parameters) {
        const auto limits = limits_and_default(parameter);
        text +=
            fmt::format("| `{}`{} | {}, {}{}{} | {} |\n", parameter.name,
                        parameter.required ? " (required)" : "", kind_name(parameter),
                        type_name(parameter.type), limits.empty() ? "" : ", ", limits, parameter.description);
    }
    if (!schema.evidence.empty()) text += "\n| Evidence | Type | Meaning |\n|---|---|---|\n";
    for (const auto& evidence : schema.evidence)
        text += fmt::format("| `{{{}}}` | {} | {} |\n", evidence.name, type_name(evidence.type),
                            evidence.description);
    return text + "\n";
}

std::string reference(const caseaudit_plugin& plugin) {
    std::string text;
    for (std::size_t i = 0; i < plugin.check_count; ++i) text += reference(plugin.name, *plugin.checks[i]);
    return text;
}

}  // namespace caseaudit::plugin
