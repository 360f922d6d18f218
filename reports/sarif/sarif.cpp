// SARIF 2.1.0 (OASIS Standard, 27 March 2020): rules with help, a result for each finding.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/renderer.h"

namespace caseaudit::reports {
namespace {

using findings::Document;
using nlohmann::ordered_json;

// SARIF 3.27.10: error, warning or note.
std::string level(std::string_view severity) {
    const int order = rank(severity);
    return order <= 1 ? "error" : order == 2 ? "warning" : "note";
}

// A file's name as a relative URI (RFC 3986): what is not unreserved is percent-encoded.
std::string uri(std::string_view file) {
    std::string out;
    for (const char c : file) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x80 && std::isalnum(byte) != 0) ||
            std::string_view("-._~/").find(c) != std::string_view::npos)
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

ordered_json place(const std::string& file, std::uint64_t line, std::uint64_t column) {
    ordered_json physical = {{"artifactLocation", {{"uri", uri(file)}}}};
    if (line != 0)
        physical["region"] = {{"startLine", line}, {"startColumn", std::max<std::uint64_t>(column, 1)}};
    return {{"physicalLocation", std::move(physical)}};
}

ordered_json place(const findings::ReadRecord& record) {
    ordered_json location = place(record.file, record.line, 1);  // a record begins its line
    location["logicalLocations"] = {
        {{"name", record.table}, {"kind", record.prior ? "prior table" : "table"}}};
    return location;
}

ordered_json rule_of(const RuleOutcome& rule) {
    const auto& help = rule.remedy.empty() ? rule.title : rule.remedy;
    ordered_json tags = rule.tags;
    if (std::find(tags.begin(), tags.end(), rule.dimension) == tags.end()) tags.push_back(rule.dimension);
    ordered_json properties = {{"tags", std::move(tags)},       {"pack", rule.pack},
                               {"module", rule.module},         {"severity", rule.severity},
                               {"population", rule.population}, {"passed", rule.passed},
                               {"failed", rule.failed},         {"undecided", rule.undecided}};
    if (!rule.source.empty()) properties["source"] = rule.source;
    return {{"id", rule.pack + "/" + rule.rule},
            {"name", rule.rule},
            {"shortDescription", {{"text", rule.title}}},
            {"help", {{"text", help}}},
            {"defaultConfiguration", {{"level", level(rule.severity)}}},
            {"properties", std::move(properties)}};
}

ordered_json result_of(const findings::ReadFinding& finding) {
    ordered_json locations = ordered_json::array(), related = ordered_json::array();
    for (const auto& record : finding.records) {
        const bool subject = record.role == Role::subject;
        auto& list = subject ? locations : related;
        list.push_back(place(record));
        if (!subject) list.back()["id"] = related.size();
    }
    ordered_json properties = {{"case", finding.case_key}};
    for (const auto& [key, who] : {std::pair("responsible", &finding.responsible),
                                   std::pair("team", &finding.team), std::pair("worker", &finding.worker)})
        if (!who->empty()) properties[key] = *who;
    for (const auto& piece : finding.evidence) properties["evidence"][piece.name] = piece.value;
    ordered_json result = {{"ruleId", finding.pack + "/" + finding.rule},
                           {"ruleIndex", finding.number},
                           {"level", level(finding.severity)},
                           {"message", {{"text", finding.message}}},
                           {"locations", std::move(locations)}};
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    result["partialFingerprints"] = {{"caseaudit/1", finding.id}};
    // SARIF 3.27.24 and 3.27.23: what a baseline or a history says, and who has accepted it.
    if (finding.state == "persisting") result["baselineState"] = "unchanged";
    if (finding.state == "new" || finding.state == "reopened") result["baselineState"] = "new";
    if (finding.waiver)
        result["suppressions"] = {
            {{"kind", "external"},
             {"status", "accepted"},
             {"justification",
              fmt::format("{} ({}; {}, until {})", finding.waiver->reason, finding.waiver->basis,
                          finding.waiver->owner, finding.waiver->expires)}}};
    result["properties"] = std::move(properties);
    return result;
}

// Rows that were rejected and rules that did not run: SARIF 3.20.21.
ordered_json notifications(const Document& document) {
    ordered_json list = ordered_json::array();
    for (const auto& entry : document.rejected)
        list.push_back({{"level", "error"},
                        {"message", {{"text", entry.reason.str()}}},
                        {"locations", {place(entry.file.str(), entry.line, entry.column)}}});
    for (std::size_t i = 0; i < document.rules.size(); ++i) {
        const auto& rule = document.rules[i];
        if (rule.status == Status::ran) continue;
        const bool failed = rule.status == Status::failed;
        list.push_back({{"level", failed ? "error" : "note"},
                        {"message", {{"text", (failed ? "failed: " : "skipped: ") + rule.reason}}},
                        {"associatedRule", {{"id", rule.pack + "/" + rule.rule}, {"index", i}}}});
    }
    return list;
}

bool whole(const Document& document) {
    return document.rejected.empty() &&
           std::none_of(document.rules.begin(), document.rules.end(),
                        [](const auto& rule) { return rule.status == Status::failed; });
}

ordered_json artifacts(const Document& document) {
    ordered_json list = ordered_json::array();
    for (const auto& input : document.run.inputs)
        list.push_back({{"location", {{"uri", uri(input.file)}}},
                        {"hashes", {{"sha-256", input.sha256}}},
                        {"properties",
                         {{"table", input.table},
                          {"extract", input.extract},
                          {"rows", input.rows},
                          {"rejected", input.rejected}}}});
    return list;
}

Result<Files> render(const Source& source) {
    const Document& document = source.document;
    ordered_json rules = ordered_json::array(), results = ordered_json::array();
    for (const auto& rule : document.rules) rules.push_back(rule_of(rule));
    for (const auto& finding : document.findings) results.push_back(result_of(finding));
    const ordered_json run = {
        {"tool",
         {{"driver",
           {{"name", "caseaudit"},
            {"semanticVersion", document.run.tool_version},
            {"rules", std::move(rules)}}}}},
        {"invocations",
         {{{"executionSuccessful", whole(document)},
           {"toolExecutionNotifications", notifications(document)}}}},
        {"artifacts", artifacts(document)},
        {"columnKind", "unicodeCodePoints"},
        {"results", std::move(results)},
        {"properties", {{"asAt", document.run.as_at}, {"dataset", document.run.dataset}}}};
    const ordered_json log = {
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", {run}}};
    return Files{{"", log.dump(1) + "\n"}};
}

}  // namespace

extern const Renderer sarif;
const Renderer sarif = {"sarif", "SARIF 2.1.0: a result for each finding, for code-scanning views", false,
                        render};

}  // namespace caseaudit::reports
