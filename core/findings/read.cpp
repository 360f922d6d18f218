#include "findings/read.h"

#include <algorithm>
#include <map>

#include "findings/json_members.h"

namespace caseaudit::findings {
namespace {

// The value of a scalar as it is written, and whether it is a number.
Evidence scalar(std::string_view name, Value value) {
    Evidence evidence{std::string(name), {}, false};
    if (value.type() == ondemand::json_type::string) {
        evidence.value = text(value);
        return evidence;
    }
    evidence.number = value.type() == ondemand::json_type::number;
    std::string_view token = value.raw_json_token();
    while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ') token.remove_suffix(1);
    evidence.value = token;
    return evidence;
}

constexpr Member<PackInfo> pack_members[] = {
    {"id", [](PackInfo& of, Value value) { of.id = text(value); }},
    {"version", [](PackInfo& of, Value value) { of.version = text(value); }},
    {"sha256", [](PackInfo& of, Value value) { of.sha256 = text(value); }},
    {"title", [](PackInfo& of, Value value) { of.title = text(value); }},
};
constexpr Member<PluginInfo> plugin_members[] = {
    {"name", [](PluginInfo& of, Value value) { of.name = text(value); }},
    {"version", [](PluginInfo& of, Value value) { of.version = text(value); }},
    {"sha256", [](PluginInfo& of, Value value) { of.sha256 = text(value); }},
};
constexpr Member<InputInfo> input_members[] = {
    {"table", [](InputInfo& of, Value value) { of.table = text(value); }},
    {"extract", [](InputInfo& of, Value value) { of.extract = text(value); }},
    {"file", [](InputInfo& of, Value value) { of.file = text(value); }},
    {"sha256", [](InputInfo& of, Value value) { of.sha256 = text(value); }},
    {"encoding", [](InputInfo& of, Value value) { of.encoding = text(value); }},
    {"rows", [](InputInfo& of, Value value) { of.rows = count(value); }},
    {"rejected", [](InputInfo& of, Value value) { of.rejected = count(value); }},
};
constexpr Member<RunInfo> run_members[] = {
    {"tool",
     [](RunInfo& of, Value value) {
         members(value, [&](std::string_view key, Value member) {
             if (key == "version") of.tool_version = text(member);
         });
     }},
    {"as_at", [](RunInfo& of, Value value) { of.as_at = text(value); }},
    {"as_at_source", [](RunInfo& of, Value value) { of.as_at_source = text(value); }},
    {"dataset", [](RunInfo& of, Value value) { of.dataset = text(value); }},
    {"parameters",
     [](RunInfo& of, Value value) {
         members(value,
                 [&](std::string_view key, Value member) { of.parameters[std::string(key)] = text(member); });
     }},
    {"packs", [](RunInfo& of, Value value) { append(of.packs, value, pack_members); }},
    {"plugins", [](RunInfo& of, Value value) { append(of.plugins, value, plugin_members); }},
    {"inputs", [](RunInfo& of, Value value) { append(of.inputs, value, input_members); }},
    {"cases", [](RunInfo& of, Value value) { of.cases = count(value); }},
    {"notes",
     [](RunInfo& of, Value value) { elements(value, [&](Value note) { of.notes.push_back(text(note)); }); }},
    {"key",
     [](RunInfo& of, Value value) {
         members(value, [&](std::string_view key, Value member) {
             if (key == "id") of.key_id = text(member);
             if (key == "own") of.own_key = member.get_bool();
         });
     }},
    {"shareable", [](RunInfo& of, Value value) { of.shareable = text(value); }},
    {"baseline",
     [](RunInfo& of, Value value) {
         of.baseline = RunInfo::Baseline{};
         members(value, [&](std::string_view key, Value member) {
             if (key == "as_at") of.baseline->as_at = text(member);
             if (key == "findings") of.baseline->findings = count(member);
         });
     }},
    {"identifiers_shown", [](RunInfo& of, Value value) { of.identifiers_shown = value.get_bool(); }},
};
constexpr Member<RuleOutcome> rule_members[] = {
    {"pack", [](RuleOutcome& of, Value value) { of.pack = text(value); }},
    {"rule", [](RuleOutcome& of, Value value) { of.rule = text(value); }},
    {"title", [](RuleOutcome& of, Value value) { of.title = text(value); }},
    {"severity", [](RuleOutcome& of, Value value) { of.severity = text(value); }},
    {"dimension", [](RuleOutcome& of, Value value) { of.dimension = text(value); }},
    {"module", [](RuleOutcome& of, Value value) { of.module = text(value); }},
    {"tags",
     [](RuleOutcome& of, Value value) { elements(value, [&](Value tag) { of.tags.push_back(text(tag)); }); }},
    {"source", [](RuleOutcome& of, Value value) { of.source = text(value); }},
    {"remedy", [](RuleOutcome& of, Value value) { of.remedy = text(value); }},
    {"status",
     [](RuleOutcome& of, Value value) {
         const auto status = text(value);
         of.status = status == "ran" ? Status::ran : status == "skipped" ? Status::skipped : Status::failed;
     }},
    {"reason", [](RuleOutcome& of, Value value) { of.reason = text_or_null(value); }},
    {"population", [](RuleOutcome& of, Value value) { of.population = count(value); }},
    {"passed", [](RuleOutcome& of, Value value) { of.passed = count(value); }},
    {"failed", [](RuleOutcome& of, Value value) { of.failed = count(value); }},
    {"undecided", [](RuleOutcome& of, Value value) { of.undecided = count(value); }},
    {"scope_undecided", [](RuleOutcome& of, Value value) { of.scope_undecided = count(value); }},
    {"known", [](RuleOutcome& of, Value value) { of.known = count(value); }},
    {"waived", [](RuleOutcome& of, Value value) { of.waived = count(value); }},
};
constexpr Member<MeasureGroup::Earlier> earlier_members[] = {
    {"as_at", [](MeasureGroup::Earlier& of, Value value) { of.as_at = text(value); }},
    {"population", [](MeasureGroup::Earlier& of, Value value) { of.population = count(value); }},
    {"rate", [](MeasureGroup::Earlier& of, Value value) { of.rate = double(value.get_double()); }},
    {"value", [](MeasureGroup::Earlier& of, Value value) { of.value = double(value.get_double()); }},
};

bool is_suppressed(Value value) {
    return value.type() == ondemand::json_type::string;
}
std::uint64_t count_or_suppressed(Value value, bool& suppressed) {
    suppressed = is_suppressed(value);
    return suppressed ? 0 : count(value);
}
std::optional<double> share_or_suppressed(Value value, bool& suppressed) {
    suppressed = is_suppressed(value);
    return suppressed ? std::optional<double>() : double(value.get_double());
}

constexpr Member<MeasureGroup> group_members[] = {
    {"by",
     [](MeasureGroup& of, Value value) {
         members(value, [&](std::string_view key, Value member) {
             of.by.emplace_back(std::string(key), text(member));
         });
     }},
    {"population", [](MeasureGroup& of,
                      Value value) { of.population = count_or_suppressed(value, of.population_suppressed); }},
    {"met", [](MeasureGroup& of, Value value) { of.met = count_or_suppressed(value, of.met_suppressed); }},
    {"undecided", [](MeasureGroup& of,
                     Value value) { of.undecided = count_or_suppressed(value, of.undecided_suppressed); }},
    {"rate",
     [](MeasureGroup& of, Value value) { of.rate = share_or_suppressed(value, of.share_suppressed); }},
    {"value",
     [](MeasureGroup& of, Value value) { of.value = share_or_suppressed(value, of.share_suppressed); }},
    {"trend", [](MeasureGroup& of, Value value) { append(of.trend, value, earlier_members); }},
};
constexpr Member<MeasureOutcome> measure_members[] = {
    {"id", [](MeasureOutcome& of, Value value) { of.id = text(value); }},
    {"pack", [](MeasureOutcome& of, Value value) { of.pack = text(value); }},
    {"title", [](MeasureOutcome& of, Value value) { of.title = text(value); }},
    {"unit", [](MeasureOutcome& of, Value value) { of.unit = text(value); }},
    {"source", [](MeasureOutcome& of, Value value) { of.source = text(value); }},
    {"kind", [](MeasureOutcome& of, Value value) { of.kind = text(value); }},
    {"skipped", [](MeasureOutcome& of, Value value) { of.skipped = text(value); }},
    {"groups", [](MeasureOutcome& of, Value value) { append(of.groups, value, group_members); }},
};
constexpr Member<ReadRecord> record_members[] = {
    {"role",
     [](ReadRecord& of, Value value) { of.role = text(value) == "subject" ? Role::subject : Role::context; }},
    {"table", [](ReadRecord& of, Value value) { of.table = text(value); }},
    {"extract", [](ReadRecord& of, Value value) { of.prior = text(value) == "prior"; }},
    {"file", [](ReadRecord& of, Value value) { of.file = text(value); }},
    {"row", [](ReadRecord& of, Value value) { of.row = count(value); }},
    {"line", [](ReadRecord& of, Value value) { of.line = count(value); }},
    {"fields",
     [](ReadRecord& of, Value value) {
         members(value, [&](std::string_view key, Value member) {
             of.fields.emplace_back(std::string(key), text(member));
         });
     }},
};
constexpr Member<ReadFinding::Waived> waived_members[] = {
    {"reason", [](ReadFinding::Waived& of, Value value) { of.reason = text(value); }},
    {"basis", [](ReadFinding::Waived& of, Value value) { of.basis = text(value); }},
    {"owner", [](ReadFinding::Waived& of, Value value) { of.owner = text(value); }},
    {"expires", [](ReadFinding::Waived& of, Value value) { of.expires = text(value); }},
};
constexpr Member<WaiverInfo> waiver_members[] = {
    {"rule", [](WaiverInfo& of, Value value) { of.rule = text(value); }},
    {"pack", [](WaiverInfo& of, Value value) { of.pack = text(value); }},
    {"case", [](WaiverInfo& of, Value value) { of.case_name = text(value); }},
    {"finding", [](WaiverInfo& of, Value value) { of.finding = text(value); }},
    {"responsible", [](WaiverInfo& of, Value value) { of.responsible = text(value); }},
    {"reason", [](WaiverInfo& of, Value value) { of.reason = text(value); }},
    {"basis", [](WaiverInfo& of, Value value) { of.basis = text(value); }},
    {"owner", [](WaiverInfo& of, Value value) { of.owner = text(value); }},
    {"expires", [](WaiverInfo& of, Value value) { of.expires = text(value); }},
    {"status", [](WaiverInfo& of, Value value) { of.status = text(value); }},
    {"line", [](WaiverInfo& of, Value value) { of.line = count(value); }},
    {"findings", [](WaiverInfo& of, Value value) { of.findings = count(value); }},
};
constexpr Member<ReadFinding> finding_members[] = {
    {"id", [](ReadFinding& of, Value value) { of.id = text(value); }},
    {"pack", [](ReadFinding& of, Value value) { of.pack = text(value); }},
    {"rule", [](ReadFinding& of, Value value) { of.rule = text(value); }},
    {"severity", [](ReadFinding& of, Value value) { of.severity = text(value); }},
    {"case", [](ReadFinding& of, Value value) { of.case_key = text(value); }},
    {"message", [](ReadFinding& of, Value value) { of.message = text(value); }},
    {"responsible", [](ReadFinding& of, Value value) { of.responsible = text(value); }},
    {"team", [](ReadFinding& of, Value value) { of.team = text(value); }},
    {"worker", [](ReadFinding& of, Value value) { of.worker = text(value); }},
    {"state", [](ReadFinding& of, Value value) { of.state = text(value); }},
    {"first_seen", [](ReadFinding& of, Value value) { of.first_seen = text(value); }},
    {"open_since", [](ReadFinding& of, Value value) { of.open_since = text(value); }},
    {"waiver", [](ReadFinding& of, Value value) { of.waiver = object(value, waived_members); }},
    {"evidence",
     [](ReadFinding& of, Value value) {
         members(value,
                 [&](std::string_view key, Value member) { of.evidence.push_back(scalar(key, member)); });
     }},
    {"records", [](ReadFinding& of, Value value) { append(of.records, value, record_members); }},
    {"more_records", [](ReadFinding& of, Value) { of.more_records = true; }},
};
constexpr Member<ReadEscalation::Issue> issue_members[] = {
    {"finding", [](ReadEscalation::Issue& of, Value value) { of.finding = text(value); }},
    {"rule", [](ReadEscalation::Issue& of, Value value) { of.rule = text(value); }},
    {"category", [](ReadEscalation::Issue& of, Value value) { of.category = text(value); }},
    {"open_since", [](ReadEscalation::Issue& of, Value value) { of.open_since = text(value); }},
};
constexpr Member<ReadEscalation> escalation_members[] = {
    {"case", [](ReadEscalation& of, Value value) { of.case_key = text(value); }},
    {"pack", [](ReadEscalation& of, Value value) { of.pack = text(value); }},
    {"stage", [](ReadEscalation& of, Value value) { of.stage = count(value); }},
    {"addressee", [](ReadEscalation& of, Value value) { of.addressee = text(value); }},
    {"issues", [](ReadEscalation& of, Value value) { append(of.issues, value, issue_members); }},
};
constexpr Member<ThresholdOutcome> threshold_members[] = {
    {"pack", [](ThresholdOutcome& of, Value value) { of.pack = text(value); }},
    {"rule", [](ThresholdOutcome& of, Value value) { of.rule = text(value); }},
    {"severity", [](ThresholdOutcome& of, Value value) { of.severity = text(value); }},
    {"fail_if", [](ThresholdOutcome& of, Value value) { of.fail_if.text = text(value); }},
    {"findings", [](ThresholdOutcome& of, Value value) { of.findings = count(value); }},
    {"judged", [](ThresholdOutcome& of, Value value) { of.judged = count(value); }},
    {"exceeded", [](ThresholdOutcome& of, Value value) { of.exceeded = value.get_bool(); }},
};
constexpr Member<RejectedInfo> rejected_members[] = {
    {"extract", [](RejectedInfo& of, Value value) { of.extract = text(value); }},
    {"file", [](RejectedInfo& of, Value value) { of.file = text(value); }},
    {"line", [](RejectedInfo& of, Value value) { of.line = count(value); }},
    {"row", [](RejectedInfo& of, Value value) { of.row = count(value); }},
    {"column", [](RejectedInfo& of, Value value) { of.column = static_cast<std::uint32_t>(count(value)); }},
    {"reason", [](RejectedInfo& of, Value value) { of.reason = text(value); }},
};

// Tells each finding which of the rules it is of. One whose rule is not listed would be counted nowhere.
bool number_rules(Document& document) {
    using Name = std::pair<std::string_view, std::string_view>;
    std::map<Name, std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < document.rules.size(); ++i)
        numbers.emplace(Name(document.rules[i].pack, document.rules[i].rule), i);
    for (auto& finding : document.findings) {
        const auto found = numbers.find({finding.pack, finding.rule});
        if (found == numbers.end()) return false;
        finding.number = found->second;
    }
    return true;
}

Diagnostic not_a_document(const std::string& name, std::string message, std::string hint) {
    Diagnostic error{"findings.read", std::move(message), {}, {}, std::move(hint), {}};
    error.place.file = name;
    return error;
}

Result<Document> read_json(const simdjson::padded_string& json, const std::string& name) {
    ondemand::parser parser;
    auto whole = parser.iterate(json);
    Document document;
    std::string format;
    for (auto field : whole.get_object()) {
        const std::string_view key = field.unescaped_key();
        const Value value = field.value();
        if (key == "format") format = text(value);
        if (key == "run") document.run = object(value, run_members);
        if (key == "rules") append(document.rules, value, rule_members);
        if (key == "measures") append(document.measures, value, measure_members);
        if (key == "thresholds") append(document.thresholds, value, threshold_members);
        if (key == "waivers") append(document.waivers, value, waiver_members);
        if (key == "findings") append(document.findings, value, finding_members);
        if (key == "proposed_escalations") append(document.escalations, value, escalation_members);
        if (key == "rejected") append(document.rejected, value, rejected_members);
    }
    if (format == "caseaudit.findings/1") return document;
    return not_a_document(name, "this is no findings document of version 1",
                          "give the file that 'caseaudit run --output' wrote");
}

// A line of NDJSON has its type first, and then the members of what it is.
std::string_view type_of(std::string_view line) {
    constexpr std::string_view start = "{\"type\":\"";
    if (!line.starts_with(start)) return {};
    line.remove_prefix(start.size());
    return line.substr(0, line.find('"'));
}

void read_line(Document& document, std::string_view type, ondemand::document& line, std::string& format) {
    const Value value = line.get_value();
    if (type == "finding") document.findings.push_back(object(value, finding_members));
    if (type == "rule") document.rules.push_back(object(value, rule_members));
    if (type == "measure") document.measures.push_back(object(value, measure_members));
    if (type == "threshold") document.thresholds.push_back(object(value, threshold_members));
    if (type == "waiver") document.waivers.push_back(object(value, waiver_members));
    if (type == "proposed_escalation") document.escalations.push_back(object(value, escalation_members));
    if (type == "rejected") document.rejected.push_back(object(value, rejected_members));
    if (type != "run") return;
    members(value, [&](std::string_view key, Value member) {
        if (key == "format") format = text(member);
        if (key == "run") document.run = object(member, run_members);
    });
}

Result<Document> read_lines(const simdjson::padded_string& json, const std::string& name) {
    ondemand::parser parser;
    Document document;
    std::string format;
    bool ended = false;
    const std::string_view all = json;
    for (std::size_t at = 0; at < all.size() && !ended;) {
        const std::size_t end = all.find('\n', at);
        if (end == std::string_view::npos) break;  // cut off within a line
        const std::string_view line = all.substr(at, end - at);
        const std::string_view type = type_of(line);
        ended = type == "end";
        if (!type.empty() && !ended) {
            ondemand::document parsed =
                parser.iterate(line.data(), line.size(), all.size() - at + simdjson::SIMDJSON_PADDING);
            read_line(document, type, parsed, format);
        }
        at = end + 1;
    }
    if (format != "caseaudit.findings/1")
        return not_a_document(name, "this is no findings document of version 1",
                              "give the file that 'caseaudit run --output' wrote");
    if (ended) return document;
    return not_a_document(name, "the document was cut off: its last line, of type 'end', is missing",
                          "run the audit again, or give the whole file");
}

}  // namespace

std::string_view ReadFinding::evidence_of(std::string_view name) const {
    for (const auto& piece : evidence)
        if (piece.name == name) return piece.value;
    return {};
}

Result<Document> read_document(std::string_view text, const std::string& name) {
    try {
        const simdjson::padded_string json(text);
        auto document = type_of(text).empty() ? read_json(json, name) : read_lines(json, name);
        if (!document || number_rules(*document)) return document;
        return not_a_document(name, "a finding is of a rule that the document does not list",
                              "give a document as 'caseaudit run' wrote it, whole and unchanged");
    } catch (const simdjson::simdjson_error& error) {
        // The library's text speaks of the syntax and quotes nothing of the document.
        return not_a_document(name, fmt::format("this is no findings document: {}", error.what()),
                              "give the file that 'caseaudit run --output' wrote");
    }
}

}  // namespace caseaudit::findings
