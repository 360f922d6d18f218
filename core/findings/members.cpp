#include "findings/members.h"

#include <fmt/format.h>

namespace caseaudit::findings {
namespace {

constexpr std::string_view suppressed_text = "c";

std::string_view name(Status status) {
    switch (status) {
        case Status::ran:
            return "ran";
        case Status::skipped:
            return "skipped";
        case Status::failed:
            return "failed";
    }
    return "";
}

void write_share(JsonText& json, const std::optional<double>& rate, const std::optional<double>& value) {
    if (rate) json.key("rate").raw(fmt::format("{}", *rate));
    if (value) json.key("value").raw(fmt::format("{}", *value));
}

void write_figures(JsonText& json, const MeasureGroup& group, std::string_view kind) {
    const auto count = [&](std::string_view name, std::uint64_t number, bool suppressed) {
        suppressed ? json.member(name, suppressed_text) : json.member(name, number);
    };
    count("population", group.population, group.population_suppressed);
    if (kind == "rate") count("met", group.met, group.met_suppressed);
    count("undecided", group.undecided, group.undecided_suppressed);
    if (group.share_suppressed)
        json.member(kind == "average" ? "value" : "rate", suppressed_text);
    else
        write_share(json, group.rate, group.value);
    if (group.trend.empty()) return;
    json.key("trend").open('[');
    for (const auto& earlier : group.trend) {
        json.open('{').member("as_at", earlier.as_at).member("population", earlier.population);
        write_share(json, earlier.rate, earlier.value);
        json.close('}');
    }
    json.close(']');
}

void write_record(JsonText& json, const Record& record) {
    json.open('{').member("role", record.role == Role::subject ? "subject" : "context");
    json.member("table", record.table).member("extract", record.prior ? "prior" : "current");
    json.member("file", record.file).member("row", record.row).member("line", record.line);
    json.key("fields").open('{');
    for (const auto& [field, value] : record.fields) json.member(field, value);
    json.close('}').close('}');
}

void write_evidence(JsonText& json, const std::vector<Evidence>& pieces) {
    if (pieces.empty()) return;
    json.key("evidence").open('{');
    for (const auto& piece : pieces) {
        json.key(piece.name);
        piece.number ? json.raw(piece.value) : json.text(piece.value);
    }
    json.close('}');
}

void write_standing(JsonText& json, const Standing& standing, const Waiver* waiver) {
    if (!standing.state.empty()) json.member("state", standing.state);
    if (!standing.first_seen.empty())
        json.member("first_seen", standing.first_seen).member("open_since", standing.open_since);
    if (waiver == nullptr) return;
    json.key("waiver").open('{').member("reason", waiver->reason).member("basis", waiver->basis);
    json.member("owner", waiver->owner).member("expires", calendar::to_iso(waiver->expires)).close('}');
}

}  // namespace

void write_members(JsonText& json, const RunInfo& run) {
    json.key("tool").open('{').member("name", "caseaudit").member("version", run.tool_version).close('}');
    json.member("as_at", run.as_at).member("as_at_source", run.as_at_source).member("dataset", run.dataset);
    json.key("parameters").open('{');
    for (const auto& [key, value] : run.parameters) json.member(key, value);
    json.close('}').line().key("packs").open('[');
    for (const auto& pack : run.packs)
        json.open('{')
            .member("id", pack.id)
            .member("version", pack.version)
            .member("sha256", pack.sha256)
            .member("title", pack.title)
            .close('}');
    json.close(']').line().key("plugins").open('[');
    for (const auto& plugin : run.plugins)
        json.open('{')
            .member("name", plugin.name)
            .member("version", plugin.version)
            .member("sha256", plugin.sha256)
            .close('}');
    json.close(']').line().key("inputs").open('[');
    for (const auto& input : run.inputs) {
        json.line()
            .open('{')
            .member("table", input.table)
            .member("extract", input.extract)
            .member("file", input.file);
        json.member("sha256", input.sha256).member("encoding", input.encoding);
        json.member("rows", input.rows).member("rejected", input.rejected).close('}');
    }
    json.close(']').member("cases", run.cases).line().key("notes").open('[');
    for (const auto& note : run.notes) json.text(note);
    json.close(']').key("key").open('{').member("id", run.key_id);
    json.key("own").raw(run.own_key ? "true" : "false").close('}');
    if (!run.shareable.empty()) json.member("shareable", run.shareable);
    if (run.baseline)
        json.key("baseline")
            .open('{')
            .member("as_at", run.baseline->as_at)
            .member("findings", run.baseline->findings)
            .close('}');
    json.key("identifiers_shown").raw(run.identifiers_shown ? "true" : "false");
}

void write_members(JsonText& json, const RuleOutcome& rule) {
    json.member("pack", rule.pack).member("rule", rule.rule).member("title", rule.title);
    json.member("severity", rule.severity).member("dimension", rule.dimension);
    json.member("module", rule.module).key("tags").open('[');
    for (const auto& tag : rule.tags) json.text(tag);
    json.close(']');
    if (!rule.source.empty()) json.member("source", rule.source);
    if (!rule.remedy.empty()) json.member("remedy", rule.remedy);
    json.member("status", name(rule.status)).key("reason");
    rule.reason.empty() ? json.null() : json.text(rule.reason);
    json.member("population", rule.population).member("passed", rule.passed).member("failed", rule.failed);
    json.member("undecided", rule.undecided).member("scope_undecided", rule.scope_undecided);
    json.member("known", rule.known).member("waived", rule.waived);
    if (rule.unjudged == 0) return;
    json.key("unjudged").open('{').member("records", rule.unjudged).key("broke_on").open('[');
    for (const auto& record : rule.broke_on) {
        json.line().open('{');
        if (!record.table.empty()) json.member("table", record.table);
        if (!record.file.empty()) json.member("file", record.file).member("line", record.line);
        json.member("row", record.row).member("cause", record.cause).close('}');
    }
    json.close(']').close('}');
}

void write_members(JsonText& json, const MeasureOutcome& measure) {
    json.member("id", measure.id).member("pack", measure.pack).member("title", measure.title);
    json.member("unit", measure.unit).member("source", measure.source).member("kind", measure.kind);
    if (!measure.skipped.empty()) json.member("skipped", measure.skipped);
    json.key("groups").open('[');
    for (const auto& group : measure.groups) {
        json.open('{').key("by").open('{');
        for (const auto& [key, value] : group.by) json.member(key, value);
        json.close('}');
        write_figures(json, group, measure.kind);
        json.close('}');
    }
    json.close(']');
}

void write_members(JsonText& json, const ThresholdOutcome& outcome) {
    json.member("pack", outcome.pack);
    if (!outcome.rule.empty()) json.member("rule", outcome.rule);
    if (!outcome.severity.empty()) json.member("severity", outcome.severity);
    json.member("fail_if", outcome.fail_if.text).member("findings", outcome.findings);
    json.member("judged", outcome.judged).key("exceeded").raw(outcome.exceeded ? "true" : "false");
}

void write_members(JsonText& json, const RejectedInfo& rejected) {
    json.member("extract", rejected.extract).member("file", rejected.file).member("line", rejected.line);
    if (rejected.row != 0) json.member("row", rejected.row);
    if (rejected.column != 0) json.member("column", std::uint64_t{rejected.column});
    json.member("reason", rejected.reason);
}

void write_members(JsonText& json, const WaiverInfo& waiver) {
    json.member("rule", waiver.rule);
    for (const auto& [key, value] :
         {std::pair("pack", &waiver.pack), std::pair("case", &waiver.case_name),
          std::pair("finding", &waiver.finding), std::pair("responsible", &waiver.responsible)})
        if (!value->empty()) json.member(key, *value);
    json.member("reason", waiver.reason).member("basis", waiver.basis).member("owner", waiver.owner);
    json.member("expires", waiver.expires).member("line", waiver.line);
    json.member("status", waiver.status).member("findings", waiver.findings);
}

void write_members(JsonText& json, const Timeline& timeline, std::string_view case_name) {
    json.member("case", case_name).key("rows").open('[');
    for (const auto& row : timeline.rows) {
        json.open('{').member("kind", row.kind).member("table", row.table).member("extract", "current");
        json.member("file", row.file)
            .member("row", row.row)
            .member("line", row.line)
            .member("date", row.date);
        if (!row.end.empty()) json.member("end", row.end);
        if (row.open) json.key("open").raw("true");
        if (!row.fields.empty()) {
            json.key("fields").open('{');
            for (const auto& [field, value] : row.fields) json.member(field, value);
            json.close('}');
        }
        json.close('}');
    }
    json.close(']');
}

void write_members(JsonText& json, const Finding& finding, const ShownFinding& shown) {
    json.member("id", shown.id).member("pack", shown.rule.pack).member("rule", shown.rule.rule);
    json.member("severity", shown.rule.severity).member("case", shown.case_name);
    json.member("message", finding.message);
    for (const auto& [key, who] : {std::pair("responsible", &finding.responsible),
                                   std::pair("team", &finding.team), std::pair("worker", &finding.worker)})
        if (!who->empty()) json.member(key, *who);
    write_standing(json, shown.standing, shown.waiver);
    write_evidence(json, finding.evidence);
    json.key("records").open('[');
    for (const auto& record : finding.records) write_record(json, record);
    json.close(']');
    if (finding.more_records) json.key("more_records").raw("true");
}

}  // namespace caseaudit::findings
