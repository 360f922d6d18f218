#include "findings/document.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <unordered_map>

#include "findings/json_text.h"
#include "platform/spool.h"

namespace caseaudit::findings {
namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;
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

void write_record(JsonText& json, const Record& record) {
    json.open('{').member("role", record.role == Role::subject ? "subject" : "context");
    json.member("table", record.table).member("extract", record.prior ? "prior" : "current");
    json.member("file", record.file).member("row", record.row).member("line", record.line);
    json.key("fields").open('{');
    for (const auto& [field, value] : record.fields) json.member(field, value);
    json.close('}').close('}');
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

// Each as an element with commas between, or as a line.
// `name_of`: what the document calls the case of a key.
template <class NameOf>
std::string rendered_timelines(Form form, const std::vector<Timeline>& timelines, NameOf name_of) {
    std::string out;
    for (const auto& timeline : timelines) {
        if (form == Form::json && !out.empty()) out += ",\n";
        JsonText json(out);
        json.open('{');
        if (form == Form::ndjson) json.member("type", "timeline");
        write_members(json, timeline, name_of(timeline.case_key));
        json.close('}');
        if (form == Form::ndjson) out.push_back('\n');
    }
    return out;
}

}  // namespace

struct DocumentWriter::Impl {
    Form form;
    Output& output;
    RunInfo run;
    std::vector<RuleOutcome> rules;
    Fingerprint fingerprint;
    platform::Spool spool;  // findings, until the outcome of the rules is known
    EscalationPlan escalations;
    platform::Spool proposed;  // escalations, until the findings are written
    platform::Spool lives;     // timelines, until then
    const Life* life;
    std::vector<RuleOutcome> counted;  // by rule: known and waived
    std::vector<std::uint64_t> used;   // by waiver: findings that it waived
    std::vector<Seen> all_seen;        // in the order of batches

    Impl(Form form_, Output& output_, RunInfo run_, std::vector<RuleOutcome> rules_, Fingerprint fingerprint_,
         const std::string& spool_folder, EscalationPlan escalations_, const Life* life_)
        : form(form_),
          output(output_),
          run(std::move(run_)),
          rules(std::move(rules_)),
          fingerprint(std::move(fingerprint_)),
          spool(spool_folder),
          escalations(std::move(escalations_)),
          proposed(spool_folder),
          lives(spool_folder),
          life(life_),
          counted(rules.size()),
          used(life ? life->waivers.waivers().size() : 0) {}

    std::mutex mutex;
    struct Rendered {
        std::string findings, escalations, timelines;
        std::vector<std::uint32_t> known;  // rules, one for each finding
        std::vector<std::pair<std::uint32_t, int>>
            waived;  // rule (nowhere: the finding is not shown) and waiver
        std::vector<Seen> seen;
    };
    std::unordered_map<std::size_t, Rendered> waiting;  // batches whose turn has not come
    std::size_t next = 0;
    bool any = false, any_proposed = false, any_lives = false;
    std::string trouble;

    void fail(std::string_view what) {
        if (trouble.empty()) trouble = fmt::format("{}: {}", what, std::strerror(errno));
    }

    void put(std::string_view bytes) {
        if (trouble.empty() && !output.write(bytes)) fail("the findings could not be written");
    }

    void take(Rendered& batch) {
        for (const auto rule : batch.known) ++counted[rule].known;
        for (const auto& [rule, waiver] : batch.waived) ++used[static_cast<std::size_t>(waiver)];
        for (const auto& [rule, waiver] : batch.waived)
            if (rule != nowhere) ++counted[rule].waived;
        for (auto& one : batch.seen) all_seen.push_back(std::move(one));
        if (form == Form::ndjson) {
            put(batch.findings);
            put(batch.escalations);
            return put(batch.timelines);
        }
        keep(spool, batch.findings, any);
        keep(proposed, batch.escalations, any_proposed);
        keep(lives, batch.timelines, any_lives);
    }

    void keep(platform::Spool& kept, const std::string& rendered, bool& began) {
        if (rendered.empty()) return;
        const bool whole = (!began || kept.append(",\n")) && kept.append(rendered);
        began = true;
        if (!whole) fail("no room to keep findings until the document is written");
    }

    void write(platform::Spool& kept) {
        const bool whole = kept.replay([&](std::string_view bytes) {
            put(bytes);
            return trouble.empty();
        });
        if (!whole) fail("kept findings could not be read back");
    }

    // A record that has no case, though it should, is told by what it holds and not by where it stands.
    std::string id(const Finding& finding) const {
        const RuleOutcome& rule = rules[finding.rule];
        const bool adrift = !finding.case_known && !finding.case_key.empty();
        return fingerprint.of(rule.pack, rule.rule, adrift ? "?" : finding.case_key, finding.identity);
    }
    std::string case_name(const Finding& finding) const {
        return finding.case_known ? fingerprint.pseudonym(finding.case_key) : std::string(finding.case_key);
    }
    void render(std::string& out, const Finding& finding, const Seen& seen, const Standing& standing) const;
    void render_standing(JsonText& json, const Standing& standing) const;
    void add(Rendered& batch, const Finding& finding, Seen seen, Escalations& proposals) const;
};

void DocumentWriter::Impl::render_standing(JsonText& json, const Standing& standing) const {
    if (!standing.state.empty()) json.member("state", standing.state);
    if (!standing.first_seen.empty())
        json.member("first_seen", standing.first_seen).member("open_since", standing.open_since);
    if (standing.waiver < 0) return;
    const Waiver& waiver = life->waivers.waivers()[static_cast<std::size_t>(standing.waiver)];
    json.key("waiver").open('{').member("reason", waiver.reason).member("basis", waiver.basis);
    json.member("owner", waiver.owner).member("expires", calendar::to_iso(waiver.expires)).close('}');
}

void DocumentWriter::Impl::render(std::string& out, const Finding& finding, const Seen& seen,
                                  const Standing& standing) const {
    const RuleOutcome& rule = rules[finding.rule];
    JsonText json(out);
    json.open('{');
    if (form == Form::ndjson) json.member("type", "finding");
    json.member("id", seen.id);
    json.member("pack", rule.pack).member("rule", rule.rule).member("severity", rule.severity);
    json.member("case", run.identifiers_shown ? finding.case_key : std::string_view(seen.case_name))
        .member("message", finding.message);
    if (!finding.responsible.empty()) json.member("responsible", finding.responsible);
    render_standing(json, standing);
    if (!finding.evidence.empty()) {
        json.key("evidence").open('{');
        for (const auto& evidence : finding.evidence) {
            json.key(evidence.name);
            evidence.number ? json.raw(evidence.value) : json.text(evidence.value);
        }
        json.close('}');
    }
    json.key("records").open('[');
    for (const auto& record : finding.records) write_record(json, record);
    json.close(']').close('}');
}

DocumentWriter::DocumentWriter(Form form, Output& output, RunInfo run, std::vector<RuleOutcome> rules,
                               Fingerprint fingerprint, std::string spool_folder, EscalationPlan escalations,
                               const Life* life)
    : impl_(std::make_unique<Impl>(form, output, std::move(run), std::move(rules), std::move(fingerprint),
                                   spool_folder, std::move(escalations), life)) {
    impl_->run.key_id = impl_->fingerprint.key_id();
    impl_->run.own_key = impl_->fingerprint.own_key();
    if (form != Form::ndjson) return;
    std::string line;
    JsonText json(line);
    json.open('{').member("type", "run").member("format", "caseaudit.findings/1");
    json.key("run").open('{');
    std::string members;
    JsonText inner(members);
    write_members(inner, impl_->run);
    std::erase(members, '\n');
    json.raw(members).close('}').close('}');
    line.push_back('\n');
    impl_->put(line);
}

DocumentWriter::~DocumentWriter() = default;

void DocumentWriter::Impl::add(Rendered& batch, const Finding& finding, Seen seen,
                               Escalations& proposals) const {
    const Standing standing = life ? life->judge(seen) : Standing{};
    if (standing.known) batch.known.push_back(finding.rule);
    if (standing.waiver >= 0)
        batch.waived.emplace_back(standing.known ? nowhere : finding.rule, standing.waiver);
    if (!standing.known) {
        if (form == Form::json && !batch.findings.empty()) batch.findings += ",\n";
        render(batch.findings, finding, seen, standing);
        if (form == Form::ndjson) batch.findings.push_back('\n');
        // Of a record of no case there is nobody to raise a dispute for, and a waived finding is no cause.
        if (finding.case_known && standing.waiver < 0)
            proposals.add(run.identifiers_shown ? finding.case_key : std::string_view(seen.case_name),
                          finding.rule, rules[finding.rule].rule, seen.id, standing.open_since);
    }
    if (life && life->with_history) batch.seen.push_back(std::move(seen));
}

void DocumentWriter::add(std::size_t batch, const std::vector<Finding>& findings,
                         const std::vector<Timeline>& timelines) {
    const bool lines = impl_->form == Form::ndjson;
    Impl::Rendered rendered;
    Escalations escalations(impl_->escalations, lines ? Escalations::Form::lines : Escalations::Form::list,
                            rendered.escalations);
    std::string_view case_key;
    std::string name;
    for (const auto& finding : findings) {
        if (name.empty() || finding.case_key != case_key) name = impl_->case_name(finding);
        case_key = finding.case_key;
        impl_->add(rendered, finding, {impl_->id(finding), name, finding.responsible, finding.rule},
                   escalations);
    }
    escalations.finish();
    // Timelines are of the findings' cases, in the order of these.
    auto next = findings.begin();
    rendered.timelines = rendered_timelines(impl_->form, timelines, [&](std::string_view key) {
        next =
            std::find_if(next, findings.end(), [&](const auto& finding) { return finding.case_key == key; });
        const bool known = next != findings.end() && next->case_known;
        return impl_->run.identifiers_shown || !known ? std::string(key) : impl_->fingerprint.pseudonym(key);
    });
    const std::lock_guard lock(impl_->mutex);
    if (batch != impl_->next) {
        impl_->waiting.emplace(batch, std::move(rendered));
        return;
    }
    impl_->take(rendered);
    for (auto it = impl_->waiting.find(++impl_->next); it != impl_->waiting.end();
         it = impl_->waiting.find(++impl_->next)) {
        impl_->take(it->second);
        impl_->waiting.erase(it);
    }
}

void DocumentWriter::count_standing(std::vector<RuleOutcome>& rules) const {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        rules[i].known = impl_->counted[i].known;
        rules[i].waived = impl_->counted[i].waived;
    }
}

const std::vector<Seen>& DocumentWriter::seen() const {
    return impl_->all_seen;
}

std::vector<WaiverInfo> DocumentWriter::waivers() const {
    std::vector<WaiverInfo> all;
    if (!impl_->life) return all;
    const WaiverBook& book = impl_->life->waivers;
    for (std::size_t i = 0; i < book.waivers().size(); ++i) {
        const Waiver& waiver = book.waivers()[i];
        all.push_back({waiver.rule, waiver.pack, waiver.case_name, waiver.finding, waiver.responsible,
                       waiver.reason, waiver.basis, waiver.owner, calendar::to_iso(waiver.expires),
                       std::string(name(book.status(i, impl_->used[i]))), waiver.place.line, impl_->used[i]});
    }
    return all;
}

Diagnostics DocumentWriter::finish(const std::vector<RuleOutcome>& rules,
                                   const std::vector<MeasureOutcome>& measures,
                                   const std::vector<ThresholdOutcome>& thresholds,
                                   const std::vector<RejectedInfo>& rejected) {
    std::string out;
    if (impl_->form == Form::ndjson) {
        const auto lines = [&](std::string_view type, const auto& list) {
            for (const auto& entry : list) {
                JsonText json(out);
                json.open('{').member("type", type);
                write_members(json, entry);
                json.close('}');
                out.push_back('\n');
            }
        };
        lines("rule", rules);
        lines("measure", measures);
        lines("threshold", thresholds);
        lines("waiver", waivers());
        lines("rejected", rejected);
        out += "{\"type\":\"end\"}\n";
        impl_->put(out);
    } else {
        JsonText json(out);
        json.open('{').member("format", "caseaudit.findings/1").line().key("run").open('{');
        write_members(json, impl_->run);
        json.close('}').line().key("rules").open('[');
        for (const auto& rule : rules) {
            json.line().open('{');
            write_members(json, rule);
            json.close('}');
        }
        json.close(']').line().key("measures").open('[');
        for (const auto& measure : measures) {
            json.line().open('{');
            write_members(json, measure);
            json.close('}');
        }
        json.close(']').line().key("thresholds").open('[');
        for (const auto& threshold : thresholds) {
            json.line().open('{');
            write_members(json, threshold);
            json.close('}');
        }
        json.close(']').line().key("waivers").open('[');
        for (const auto& waiver : waivers()) {
            json.line().open('{');
            write_members(json, waiver);
            json.close('}');
        }
        json.close(']').line().key("findings").open('[').line();
        json.raw("");
        impl_->put(out);
        impl_->write(impl_->spool);
        impl_->put("],\n\"proposed_escalations\":[\n");
        impl_->write(impl_->proposed);
        if (impl_->run.timelines) {
            impl_->put("],\n\"timelines\":[\n");
            impl_->write(impl_->lives);
        }
        out = "],\n\"rejected\":[";
        JsonText tail(out);
        for (const auto& entry : rejected) {
            tail.line().open('{');
            write_members(tail, entry);
            tail.close('}');
        }
        tail.close(']').close('}');
        out.push_back('\n');
        impl_->put(out);
    }
    if (impl_->trouble.empty()) return {};
    return {Diagnostic{
        "output.write", impl_->trouble, {}, {}, "check the space and rights at the output's place", {}}};
}

}  // namespace caseaudit::findings
