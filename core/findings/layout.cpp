#include "findings/layout.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "findings/members.h"

namespace caseaudit::findings {
namespace {

constexpr std::string_view format_name = "caseaudit.findings/1";

// A member that is a list, each entry on a line of its own; `written` is called after each.
template <class Entry, class Written>
void write_list(JsonText& json, std::string_view key, const std::vector<Entry>& entries, Written written) {
    json.line().key(key).open('[');
    for (const auto& entry : entries) {
        json.line().open('{');
        write_members(json, entry);
        json.close('}');
        written();
    }
    json.close(']');
}

template <class Entry>
void write_list(JsonText& json, std::string_view key, const std::vector<Entry>& entries) {
    write_list(json, key, entries, [] {});
}

template <class Entry, class Written>
void append_lines(std::string& out, std::string_view type, const std::vector<Entry>& entries,
                  Written written) {
    for (const auto& entry : entries) {
        append_element(Form::ndjson, out, type, [&](JsonText& json) { write_members(json, entry); });
        written();
    }
}

}  // namespace

Layout::Layout(Form form, Output& output, const std::string& spool_folder)
    : form_(form),
      output_(output),
      findings_(spool_folder),
      escalations_(spool_folder),
      timelines_(spool_folder) {}

void Layout::begin(const RunInfo& run) {
    if (form_ != Form::ndjson) return;
    std::string members, line;
    JsonText inner(members);
    write_members(inner, run);
    std::erase(members, '\n');
    append_element(form_, line, "run", [&](JsonText& json) {
        json.member("format", format_name).key("run").open('{').raw(members).close('}');
    });
    put(line);
}

void Layout::take(std::size_t batch, const Elements& elements, bool more) {
    const bool in_turn = form_ == Form::ndjson && batch == turn_;
    in_turn ? put(elements.findings) : keep(findings_, batch, elements.findings);
    keep(escalations_, batch, elements.escalations);
    keep(timelines_, batch, elements.timelines);
    if (form_ != Form::ndjson || more) return;
    whole_.insert(batch);
    put_whole_batches();
}

void Layout::put_whole_batches() {
    for (; whole_.erase(turn_) != 0; release(findings_, ++turn_)) {
        release(escalations_, turn_);
        release(timelines_, turn_);
    }
}

Diagnostics Layout::finish(const RunInfo& run, const End& end) {
    form_ == Form::ndjson ? finish_lines(end) : finish_json(run, end);
    if (trouble_.empty()) return {};
    return {
        Diagnostic{"output.write", trouble_, {}, {}, "check the space and rights at the output's place", {}}};
}

void Layout::finish_lines(const End& end) {
    std::string out;
    const auto write = [&] { put_if_much(out); };
    append_lines(out, "rule", end.rules, write);
    append_lines(out, "measure", end.measures, write);
    append_lines(out, "threshold", end.thresholds, write);
    append_lines(out, "waiver", end.waivers, write);
    append_lines(out, "rejected", end.rejected, write);
    put(out + "{\"type\":\"end\"}\n");
}

void Layout::finish_json(const RunInfo& run, const End& end) {
    std::string out;
    JsonText json(out);
    json.open('{').member("format", format_name).line().key("run").open('{');
    write_members(json, run);
    json.close('}');
    write_list(json, "rules", end.rules);
    write_list(json, "measures", end.measures);
    write_list(json, "thresholds", end.thresholds);
    write_list(json, "waivers", end.waivers);
    put(out + ",\n\"findings\":[\n");
    put_all(findings_);
    put("],\n\"proposed_escalations\":[\n");
    put_all(escalations_);
    if (run.timelines) {
        put("],\n\"timelines\":[\n");
        put_all(timelines_);
    }
    std::string rejected = "],";
    JsonText tail(rejected);
    write_list(tail, "rejected", end.rejected, [&] { put_if_much(rejected); });
    put(rejected + "}\n");
}

void Layout::put_if_much(std::string& bytes) {
    constexpr std::size_t much = 1 << 20;
    if (bytes.size() < much) return;
    put(bytes);
    bytes.clear();
}

void Layout::put(std::string_view bytes) {
    if (trouble_.empty() && !output_.write(bytes)) fail("the findings could not be written");
}

void Layout::keep(platform::Spool& spool, std::size_t batch, std::string_view elements) {
    if (elements.empty()) return;
    const bool between = form_ == Form::json && spool.holds(batch);
    if ((between && !spool.append(batch, ",\n")) || !spool.append(batch, elements))
        fail("no room to keep findings until the document is written");
}

void Layout::release(platform::Spool& spool, std::size_t batch) {
    const bool whole = spool.release(batch, [&](std::string_view bytes) {
        put(bytes);
        return trouble_.empty();
    });
    if (!whole) fail("kept findings could not be read back");
}

// As JSON.
void Layout::put_all(platform::Spool& spool) {
    for (bool first = true; !spool.empty(); first = false) {
        if (!first) put(",\n");
        release(spool, spool.first());
    }
}

void Layout::fail(std::string_view what) {
    if (trouble_.empty()) trouble_ = fmt::format("{}: {}", what, std::strerror(errno));
}

}  // namespace caseaudit::findings
