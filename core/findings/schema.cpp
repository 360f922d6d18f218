#include <nlohmann/json.hpp>

#include "findings/document.h"

namespace caseaudit::findings {
namespace {

using nlohmann::ordered_json;

ordered_json text() {
    return {{"type", "string"}};
}
ordered_json count() {
    return {{"type", "integer"}, {"minimum", 0}};
}
ordered_json day() {
    return {{"type", "string"}, {"format", "date"}};
}
// A figure, or "c" where it is kept back.
ordered_json or_suppressed(ordered_json figure) {
    return {{"anyOf", {std::move(figure), {{"const", "c"}}}}};
}
ordered_json digest() {
    return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
}
ordered_json one_of(std::vector<std::string> values) {
    return {{"enum", std::move(values)}};
}

// An object with these members, all of them required unless named in `optional`, and no others.
ordered_json object(ordered_json members, const std::vector<std::string>& optional = {}) {
    ordered_json required = ordered_json::array();
    for (const auto& [name, schema] : members.items())
        if (std::find(optional.begin(), optional.end(), name) == optional.end()) required.push_back(name);
    return {{"type", "object"},
            {"additionalProperties", false},
            {"required", required},
            {"properties", std::move(members)}};
}
ordered_json list(ordered_json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
ordered_json map_of(ordered_json values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

ordered_json parameters() {
    auto made = map_of(text());
    made["description"] =
        "Values by name; a name to which the packs of the run give different values is pack.name for each of "
        "them.";
    return made;
}

ordered_json run() {
    return object(
        {{"tool", object({{"name", {{"const", "caseaudit"}}}, {"version", text()}})},
         {"as_at", {{"type", "string"}, {"format", "date"}}},
         {"as_at_source", one_of({"given", "collection end", "today"})},
         {"dataset", text()},
         {"parameters", parameters()},
         {"packs", list(object({{"id", text()}, {"version", text()}, {"sha256", digest()}, {"title", text()}},
                               {"title"}))},
         {"plugins", list(object({{"name", text()}, {"version", text()}, {"sha256", text()}}))},
         {"inputs", list(object({{"table", text()},
                                 {"extract", one_of({"current", "prior", "reference"})},
                                 {"file", text()},
                                 {"sha256", digest()},
                                 {"encoding", text()},
                                 {"rows", count()},
                                 {"rejected", count()}}))},
         {"cases", count()},
         {"notes", list(text())},
         {"key", object({{"id", {{"type", "string"}, {"pattern", "^[0-9a-f]{8}$"}}},
                         {"own", {{"type", "boolean"}}}})},
         {"shareable", one_of({"dfe", "nhs"})},
         {"baseline", object({{"as_at", {{"type", "string"}, {"format", "date"}}}, {"findings", count()}})},
         {"identifiers_shown", {{"type", "boolean"}}}},
        {"shareable", "baseline"});
}

ordered_json unjudged_record() {
    return object(
        {{"table", text()}, {"file", text()}, {"line", count()}, {"row", count()}, {"cause", text()}},
        {"table", "file", "line"});
}

ordered_json rule() {
    const auto severity = one_of({"critical", "high", "medium", "low", "info"});
    const auto dimension =
        one_of({"completeness", "uniqueness", "timeliness", "validity", "accuracy", "consistency"});
    return object({{"pack", text()},
                   {"rule", text()},
                   {"title", text()},
                   {"severity", severity},
                   {"dimension", dimension},
                   {"module", text()},
                   {"tags", list(text())},
                   {"source", text()},
                   {"remedy", text()},
                   {"status", one_of({"ran", "skipped", "failed"})},
                   {"reason", {{"type", {"string", "null"}}}},
                   {"population", count()},
                   {"passed", count()},
                   {"failed", count()},
                   {"undecided", count()},
                   {"scope_undecided", count()},
                   {"known", count()},
                   {"waived", count()},
                   {"unjudged", object({{"records", count()}, {"broke_on", list(unjudged_record())}})}},
                  {"source", "remedy", "unjudged"});
}

ordered_json finding() {
    const auto record = object({{"role", one_of({"subject", "context"})},
                                {"table", text()},
                                {"extract", one_of({"current", "prior"})},
                                {"file", text()},
                                {"row", count()},
                                {"line", count()},
                                {"fields", map_of(text())}});
    return object(
        {{"id", {{"type", "string"}, {"pattern", "^[0-9a-f]{32}$"}}},
         {"pack", text()},
         {"rule", text()},
         {"severity", one_of({"critical", "high", "medium", "low", "info"})},
         {"case", text()},
         {"message", text()},
         {"responsible", text()},
         {"team", text()},
         {"worker", text()},
         {"state", one_of({"new", "persisting", "reopened"})},
         {"first_seen", day()},
         {"open_since", day()},
         {"waiver", object({{"reason", text()}, {"basis", text()}, {"owner", text()}, {"expires", day()}})},
         {"evidence", map_of({{"type", {"string", "number", "boolean"}}})},
         {"records", list(record)},
         {"more_records", {{"const", true}}}},
        {"responsible", "team", "worker", "state", "first_seen", "open_since", "waiver", "evidence",
         "more_records"});
}

ordered_json threshold() {
    return object({{"pack", text()},
                   {"rule", text()},
                   {"severity", text()},
                   {"fail_if", text()},
                   {"findings", count()},
                   {"judged", count()},
                   {"exceeded", {{"type", "boolean"}}}},
                  {"rule", "severity"});
}

ordered_json escalation() {
    const auto issue = object({{"finding", {{"type", "string"}, {"pattern", "^[0-9a-f]{32}$"}}},
                               {"rule", text()},
                               {"category", text()},
                               {"open_since", day()}},
                              {"open_since"});
    return object({{"case", text()},
                   {"pack", text()},
                   {"stage", {{"type", "integer"}, {"minimum", 1}}},
                   {"addressee", text()},
                   {"issues", list(issue)}});
}

ordered_json timeline() {
    const auto row = object({{"kind", text()},
                             {"table", text()},
                             {"extract", {{"const", "current"}}},
                             {"file", text()},
                             {"row", count()},
                             {"line", count()},
                             {"date", {{"type", "string"}, {"format", "date"}}},
                             {"end", {{"type", "string"}, {"format", "date"}}},
                             {"open", {{"const", true}}},
                             {"fields", map_of(text())}},
                            {"end", "open", "fields"});
    return object({{"case", text()}, {"rows", list(row)}});
}

ordered_json measure() {
    const auto earlier = object({{"as_at", day()},
                                 {"population", count()},
                                 {"rate", {{"type", "number"}}},
                                 {"value", {{"type", "number"}}}},
                                {"rate", "value"});
    const auto group = object({{"by", map_of(text())},
                               {"population", or_suppressed(count())},
                               {"met", or_suppressed(count())},
                               {"undecided", or_suppressed(count())},
                               {"rate", or_suppressed({{"type", "number"}})},
                               {"value", or_suppressed({{"type", "number"}})},
                               {"trend", list(earlier)}},
                              {"met", "rate", "value", "trend"});
    return object({{"id", text()},
                   {"pack", text()},
                   {"title", text()},
                   {"unit", text()},
                   {"source", text()},
                   {"kind", one_of({"rate", "count", "average", "distribution"})},
                   {"skipped", text()},
                   {"groups", list(group)}},
                  {"skipped"});
}

ordered_json waiver() {
    return object({{"rule", text()},
                   {"pack", text()},
                   {"case", text()},
                   {"finding", text()},
                   {"responsible", text()},
                   {"reason", text()},
                   {"basis", text()},
                   {"owner", text()},
                   {"expires", day()},
                   {"line", count()},
                   {"status", one_of({"used", "unused", "expired", "over-broad", "not-judged"})},
                   {"findings", count()}},
                  {"pack", "case", "finding", "responsible"});
}

// A row has the place of the trouble; line 0 is a file as a whole.
ordered_json rejected() {
    ordered_json schema = object({{"extract", text()},
                                  {"file", text()},
                                  {"line", count()},
                                  {"row", count()},
                                  {"column", {{"type", "integer"}, {"minimum", 1}}},
                                  {"reason", text()}},
                                 {"row", "column"});
    schema["if"] = {{"properties", {{"line", {{"minimum", 1}}}}}};
    schema["then"] = {{"required", {"column"}}};
    return schema;
}

ordered_json format() {
    return {{"const", "caseaudit.findings/1"}};
}

std::string published(const char* title, const ordered_json& schema) {
    ordered_json whole = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
    whole.update(schema);
    return whole.dump(2) + "\n";
}

// A line that has the members of `entry`, an object, after its type.
ordered_json line(const char* type, ordered_json entry) {
    ordered_json members = {{"type", {{"const", type}}}};
    members.update(entry["properties"]);
    entry["properties"] = std::move(members);
    entry["required"].insert(entry["required"].begin(), "type");
    return entry;
}

}  // namespace

std::string json_schema() {
    return published("Caseaudit findings, version 1", object({{"format", format()},
                                                              {"run", run()},
                                                              {"rules", list(rule())},
                                                              {"measures", list(measure())},
                                                              {"thresholds", list(threshold())},
                                                              {"waivers", list(waiver())},
                                                              {"findings", list(finding())},
                                                              {"proposed_escalations", list(escalation())},
                                                              {"timelines", list(timeline())},
                                                              {"rejected", list(rejected())}},
                                                             {"timelines"}));
}

std::string line_schema() {
    return published(
        "A line of caseaudit findings, version 1",
        {{"oneOf",
          {line("run", object({{"format", format()}, {"run", run()}})), line("finding", finding()),
           line("proposed_escalation", escalation()), line("timeline", timeline()), line("rule", rule()),
           line("measure", measure()), line("threshold", threshold()), line("waiver", waiver()),
           line("rejected", rejected()), line("end", object(ordered_json::object()))}}});
}

}  // namespace caseaudit::findings
