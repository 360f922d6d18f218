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

void Layout::take(const Elements& elements) {
    keep(findings_, elements.findings);
    keep(escalations_, elements.escalations);
    keep(timelines_, elements.timelines);
}

void Layout::taken_before(std::uint64_t place) {
    if (form_ == Form::ndjson) release(findings_, place);
}

Diagnostics Layout::finish(const RunInfo& run, const End& end) {
    form_ == Form::ndjson ? finish_lines(end) : finish_json(run, end);
    if (trouble_.empty()) return {};
    return {
        Diagnostic{"output.write", trouble_, {}, {}, "check the space and rights at the output's place", {}}};
}

void Layout::finish_lines(const End& end) {
    put_all(findings_);
    put_all(escalations_);
    put_all(timelines_);
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

void Layout::keep(platform::Spool& spool, const CaseElements& elements) {
    elements.for_each([&](std::uint64_t place, std::string_view text) {
        if (!spool.add(place, text)) fail("no room to keep findings until the document is written");
    });
}

void Layout::release(platform::Spool& spool, std::uint64_t end) {
    bool first = true;
    const bool whole = spool.release(end, [&](std::string_view bytes) {
        if (first && form_ == Form::json) bytes.remove_prefix(between_elements.size());
        first = false;
        put(bytes);
        return trouble_.empty();
    });
    if (!whole) fail("kept findings could not be read back");
}

void Layout::put_all(platform::Spool& spool) {
    release(spool, UINT64_MAX);
}

void Layout::fail(std::string_view what) {
    if (trouble_.empty()) trouble_ = fmt::format("{}: {}", what, std::strerror(errno));
}

}  // namespace caseaudit::findings
