// The JSON Schema of pack files, made from the same tables of keys that documentation and tests use.
#include <nlohmann/json.hpp>

#include "rulepack/grammar.h"
#include "rulepack/pack.h"

namespace caseaudit::rulepack {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view id_pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$";
constexpr std::string_view name_pattern = "^[A-Za-z_][A-Za-z0-9_]*$";
constexpr std::string_view parameter_pattern = "^\\$[A-Za-z_][A-Za-z0-9_]*$";
constexpr std::string_view plugin_pattern = "^[a-z][a-z0-9-]*$";
constexpr std::string_view versions_pattern =
    "^ *(>=|>|<=|<|==?)? *[0-9]+(\\.[0-9]+){0,3} *((, *(>=|>|<=|<|==?)?| +(>=|>|<=|<|==?)) "
    "*[0-9]+(\\.[0-9]+){0,3} *)*$";
constexpr std::string_view year_pattern = "^[0-9]{4}$";
constexpr std::string_view signature_pattern = "^[A-Za-z_][A-Za-z0-9_]*( *\\(.*\\))?$";

Json reference(std::string_view name) {
    return {{"$ref", fmt::format("#/$defs/{}", name)}};
}

Json map_of(Json value, std::string_view key_pattern) {
    return {
        {"type", "object"}, {"propertyNames", {{"pattern", key_pattern}}}, {"additionalProperties", value}};
}

Json list_of(Json item) {
    return {{"type", "array"}, {"items", std::move(item)}};
}

Json one_or_list(const Json& item) {
    return {{"oneOf", Json::array({item, list_of(item)})}};
}

Json threshold() {
    return {{"type", "string"},
            {"pattern", "^ *(count *> *[0-9]+|rate *> *[0-9]+(\\.[0-9]+)? *%( +of +at +least +[0-9]+)?) *$"}};
}

Json shape(Shape shape) {
    switch (shape) {
        case Shape::text:
        case Shape::message:
            return reference("text");
        case Shape::identifier:
            return reference("id");
        case Shape::flag:
            return {{"type", "boolean"}};
        case Shape::date:
            return reference("date");
        case Shape::constant:
            return reference("constant");
        case Shape::severity:
            return {{"enum", severity_names}};
        case Shape::threshold:
            return threshold();
        case Shape::thresholds:
            return map_of(threshold(), "^(critical|high|medium|low|info|pack)$");
        case Shape::dimension:
            return {{"enum", dimension_names}};
        case Shape::expression:
            return reference("expression");
        case Shape::texts:
            return one_or_list(reference("text"));
        case Shape::expressions:
            return one_or_list(reference("expression"));
        case Shape::period:
            return reference("period");
        case Shape::arguments:
            return map_of(true, ".");
        case Shape::parameters:
            return map_of(reference("parameter"), name_pattern);
        case Shape::lists:
            return map_of(list_of(reference("constant")), name_pattern);
        case Shape::named:
            return map_of(reference("expression"), signature_pattern);
        case Shape::overrides:
            return map_of(reference("override"), id_pattern);
        case Shape::rules:
            return list_of(reference("rule"));
        case Shape::measures:
            return list_of(reference("measure"));
        case Shape::measure_kind:
            return {{"enum", measure_kind_names}};
        case Shape::examples:
            return list_of(reference("example"));
        case Shape::examples_by_rule:
            return map_of(list_of(reference("example")), id_pattern);
        case Shape::tables:
            return map_of(list_of(reference("row")), ".");
        case Shape::settings:
            return map_of(reference("constant"), name_pattern);
        case Shape::collections:
            return map_of(reference("id"), year_pattern);
        case Shape::plugins:
            return map_of(reference("plugin"), plugin_pattern);
        case Shape::plugin_limits:
            return reference("plugin_limits");
        case Shape::seconds:
            return {{"type", "string"}, {"pattern", "^[0-9]+(\\.[0-9]+)? *(ms|s|min)$"}};
        case Shape::megabytes:
            return {{"type", "string"}, {"pattern", "^[0-9]+(\\.[0-9]+)? *(MB|GB)$"}};
        case Shape::count:
            return {{"type", "integer"}, {"minimum", 1}, {"maximum", 1'000'000}};
        case Shape::versions:
            return {{"type", Json::array({"string", "number"})}, {"pattern", versions_pattern}};
        case Shape::dispute_protocol:
            return reference("dispute_protocol");
        case Shape::responsible:
            return {{"oneOf", Json::array({reference("expression"), reference("responsible")})}};
        case Shape::dispute_total:
            return reference("dispute_total");
        case Shape::dispute_stages:
            return list_of(reference("dispute_stage"));
        case Shape::categories:
            return map_of(reference("text"), id_pattern);
        case Shape::working_days:
            return {{"anyOf", Json::array({{{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}},
                                           {{"type", "string"}, {"pattern", parameter_pattern}}})}};
    }
    return true;
}

Json object(std::span<const Key> keys) {
    Json properties = Json::object(), required = Json::array();
    for (const Key& key : keys) {
        Json property = shape(key.shape);
        property["description"] = key.description;
        properties[std::string(key.name)] = std::move(property);
        if (key.required) required.push_back(key.name);
    }
    Json made = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) made["required"] = std::move(required);
    return made;
}

// Either an assertion, or a check with arguments.
Json rule() {
    Json made = object(rule_keys());
    made["oneOf"] = Json::array(
        {{{"required", {"assert"}},
          {"not", {{"anyOf", Json::array({{{"required", {"check"}}}, {{"required", {"with"}}}})}}}},
         {{"required", {"check"}}}});
    return made;
}

Json definitions() {
    const Json plain = {{"type", Json::array({"string", "number", "boolean"})}};
    Json made;
    made["id"] = {{"type", Json::array({"string", "integer"})}, {"pattern", id_pattern}};
    made["text"] = {{"type", Json::array({"string", "number", "boolean"})}};
    made["expression"] = {{"type", Json::array({"string", "number", "boolean"})},
                          {"description", "An expression."}};
    made["date"] = {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
    made["constant"] = plain;
    made["row"] = {
        {"type", "object"},
        {"additionalProperties", {{"type", Json::array({"string", "number", "boolean", "null"})}}}};
    made["period"] = object(period_keys());
    made["plugin"] = object(plugin_keys());
    made["plugin_limits"] = object(plugin_limit_keys());
    made["parameter"] = object(parameter_keys());
    made["override"] = object(override_keys());
    made["rule"] = rule();
    made["responsible"] = object(responsible_keys());
    made["responsible"]["minProperties"] = 1;
    made["measure"] = object(measure_keys());
    made["example"] = object(example_keys());
    made["dispute_protocol"] = object(dispute_protocol_keys());
    made["dispute_total"] = object(dispute_total_keys());
    made["dispute_stage"] = object(dispute_stage_keys());
    made["pack"] = object(pack_keys());
    made["rule_file"] = object(rule_file_keys());
    made["rule_file"]["anyOf"] = Json::array({{{"required", {"rules"}}}, {{"required", {"measures"}}}});
    made["examples_file"] = object(examples_file_keys());
    return made;
}

}  // namespace

std::string json_schema() {
    Json schema;
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["title"] = "Caseaudit rule pack: pack.yaml, a rule file or an examples file";
    schema["oneOf"] = Json::array({reference("pack"), reference("rule_file"), reference("examples_file")});
    schema["$defs"] = definitions();
    return schema.dump(2) + "\n";
}

}  // namespace caseaudit::rulepack
