#include "cli/run_description.h"

#include <fmt/format.h>

#include <set>

#include "casebook/extract_age.h"
#include "cli/run_parameters.h"
#include "platform/process.h"

namespace caseaudit::cli {
namespace {

constexpr std::string_view collection_end = "collection end";

void tell_privacy(const RunRequest& request, bool identifiable, std::vector<std::string>& notes) {
    if (identifiable)
        notes.emplace_back(
            "identifiable: this document holds case numbers and what else identifies a child, as they "
            "stand in the extract; keep it where the extract may be kept");
    else if (!request.fingerprint.own_key())
        notes.emplace_back(
            "case numbers are replaced by pseudonyms of the built-in key, which everybody knows: whoever "
            "knows how case numbers are made could try them all; make a key with 'caseaudit key new "
            "FILE' and run with --key FILE");
}

// Where it is the end of a collection, an extract is mostly taken before it, on purpose.
Diagnostics day_apart(const casebook::Casebook& casebook, const AsAt& as_at) {
    Diagnostics notes;
    if (as_at.source != collection_end) casebook::note_day_apart(casebook, as_at.day, notes);
    return notes;
}

void tell_notes(const Diagnostics& notes, findings::RunInfo& run) {
    for (const auto& note : notes) {
        auto text =
            note.place.file.empty() ? note.message : fmt::format("{}: {}", note.place.file, note.message);
        if (!note.hint.empty()) text += "; " + note.hint;
        run.notes.push_back(std::move(text));
    }
}

void tell_extract(const casebook::LoadedExtract& extract, findings::RunInfo& run) {
    run.cases = extract.casebook.cases();
    for (const auto& input : extract.inputs)
        run.inputs.push_back({input.table, input.which == casebook::Which::prior ? "prior" : "current",
                              input.file, input.sha256, input.encoding, input.rows, input.rejected});
    tell_notes(extract.notes, run);
}

// Beyond the days that a calendar covers no holiday is known. What is judged is mostly of the last year.
void tell_calendars(const RunPacks& packs, calendar::Day as_at, std::vector<std::string>& notes) {
    std::set<std::string> told;
    for (const auto& pack : packs.packs) {
        const auto& days = pack->working_days;
        if (days.last() < days.first() || !told.insert(pack->pack.calendar).second) continue;
        if (days.first() <= calendar::add_years(as_at, -1) && as_at <= days.last()) continue;
        notes.push_back(fmt::format(
            "calendar {} covers {} to {}, which is not all of the year up to the as-at date; beyond it "
            "bank holidays count as working days: add them to the calendar, and what it covers",
            pack->pack.calendar, calendar::to_iso(days.first()), calendar::to_iso(days.last())));
    }
}

}  // namespace

AsAt choose_as_at(const RunRequest& request, const RunPacks& packs) {
    if (request.as_at) return {*request.as_at, "given"};
    if (const auto end = rulepack::environment(*packs.packs.front(), 0).collection_end)
        return {*end, collection_end};
    return {platform::system_clock().today(), "today"};
}

findings::RunInfo describe_run(const RunOptions& options, const RunRequest& request, const RunPacks& packs,
                               const plugin::Registry& plugins, const casebook::LoadedExtract& extract,
                               const AsAt& as_at, bool timelines) {
    findings::RunInfo run;
    run.tool_version = CASEAUDIT_VERSION;
    run.as_at = calendar::to_iso(as_at.day);
    run.as_at_source = as_at.source;
    run.dataset = packs.packs.front()->dataset.id;
    run.key_id = request.fingerprint.key_id();
    run.identifiers_shown = options.identifiable;
    run.timelines = timelines;
    tell_privacy(request, options.identifiable, run.notes);
    for (const auto& pack : packs.packs)
        run.packs.push_back({pack->pack.id, pack->pack.version, pack->pack.sha256, pack->pack.title});
    run.parameters = run_parameters(packs.packs);
    for (const auto& plugin : plugins.plugins())
        run.plugins.push_back({plugin.name, plugin.version, plugin.sha256});
    tell_extract(extract, run);
    tell_notes(day_apart(extract.casebook, as_at), run);
    tell_calendars(packs, as_at.day, run.notes);
    return run;
}

std::vector<findings::RejectedInfo> describe_rejected(const casebook::LoadedExtract& extract) {
    std::vector<findings::RejectedInfo> told;
    told.reserve(extract.rejected.size());
    for (std::size_t i = 0; i < extract.rejected.size(); ++i) {
        const auto& rejected = extract.rejected[i];
        told.push_back({i < extract.rejected_of_current ? "current" : "prior", rejected.file, rejected.line,
                        rejected.row, rejected.column, rejected.reason});
    }
    return told;
}

}  // namespace caseaudit::cli
