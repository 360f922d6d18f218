#include "findings/compare.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "calendar/civil.h"

namespace caseaudit::findings {
namespace {

constexpr std::array<std::pair<std::int64_t, std::string_view>, 4> bands = {
    {{30, "0-30"}, {90, "31-90"}, {180, "91-180"}, {365, "181-365"}}};

Diagnostic refusal(const std::string& name, std::string message, std::string hint) {
    return {"findings.compare", std::move(message), {name, 0, 0}, {}, std::move(hint), {}};
}

std::int64_t days_between(const std::string& from, const std::string& to) {
    calendar::Day a = 0, b = 0;
    if (!calendar::parse_iso(from, a) || !calendar::parse_iso(to, b)) return 0;
    return std::max<std::int64_t>(b - a, 0);
}

// From the day since which it has been open, which a history tells; else from the older of the two documents.
std::int64_t age(const ReadFinding& finding, const std::string& otherwise, const std::string& as_at) {
    return days_between(finding.open_since.empty() ? otherwise : finding.open_since, as_at);
}

void count(Comparison& comparison, const Changed& changed) {
    const ReadFinding& finding = *changed.finding;
    const auto which = static_cast<std::size_t>(changed.change);
    ++comparison.all[which];
    ++comparison.by_rule[finding.pack + "/" + finding.rule][which];
    ++comparison.by_responsible[finding.responsible][which];
    ++comparison.by_team[finding.team][which];
    ++comparison.by_worker[finding.worker][which];
    ++comparison.by_age[std::string(age_band(changed.age_days))][which];
}

// Whether the new run says that what a rule does not find is not there.
std::unordered_set<std::string> rules_judged(const Document& current) {
    std::unordered_set<std::string> judged;
    if (!current.rejected.empty()) return judged;
    for (const auto& rule : current.rules)
        if (rule.status == Status::ran) judged.insert(rule.pack + "/" + rule.rule);
    return judged;
}

std::string changed_parameters(const RunInfo& old, const RunInfo& current) {
    std::map<std::string, std::pair<std::string, std::string>> values;
    for (const auto& [name, value] : old.parameters) values[name].first = value;
    for (const auto& [name, value] : current.parameters) values[name].second = value;
    std::vector<std::string> changed;
    const auto shown = [](const std::string& value) { return value.empty() ? "not set" : value; };
    for (const auto& [name, value] : values)
        if (value.first != value.second)
            changed.push_back(fmt::format("{} ({}, then {})", name, shown(value.first), shown(value.second)));
    if (changed.empty()) return {};
    return fmt::format("parameters of the packs differ between the runs: {}", fmt::join(changed, ", "));
}

// Rules that say something now and said nothing then, though their pack was there.
std::string not_judged_before(const Document& old, const std::vector<RuleOutcome>& rules) {
    constexpr std::size_t most = 6;
    std::unordered_set<std::string> packs, judged;
    for (const auto& pack : old.run.packs) packs.insert(pack.id);
    for (const auto& rule : old.rules)
        if (rule.status == Status::ran) judged.insert(rule.pack + "/" + rule.rule);
    std::vector<std::string> names;
    for (const auto& rule : rules)
        if (rule.status == Status::ran && packs.contains(rule.pack) &&
            !judged.contains(rule.pack + "/" + rule.rule))
            names.push_back(rule.rule);
    if (names.empty()) return {};
    const std::size_t shown = std::min(names.size(), most);
    return fmt::format(
        "rules that the older run did not judge (left out, skipped, failed or not in the pack then): {}{}; "
        "all "
        "that they find is new",
        fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        names.size() > shown ? fmt::format(" and {} more", names.size() - shown) : "");
}

}  // namespace

std::string_view age_band(std::int64_t days) {
    for (const auto& [most, name] : bands)
        if (days <= most) return name;
    return "366+";
}

Diagnostics comparable(const Document& old, const std::string& name, const RunInfo& current) {
    Diagnostics errors;
    if (!old.run.shareable.empty())
        errors.push_back(refusal(name, "was made to be shared and holds no findings",
                                 "give the document that 'caseaudit run' wrote"));
    if (old.run.baseline)
        errors.push_back(refusal(name, "lists only what was new against a baseline of its own",
                                 "give the document of a run without --baseline"));
    if (old.run.dataset != current.dataset)
        errors.push_back(refusal(
            name, fmt::format("is of dataset {}, and this one of {}", old.run.dataset, current.dataset),
            "compare documents of one dataset"));
    if (old.run.key_id != current.key_id)
        errors.push_back(
            refusal(name, "was made with another key, so that no finding of one can be found in the other",
                    "run both with the same --key"));
    return errors;
}

std::vector<std::string> differences(const Document& document, const RunInfo& current,
                                     const std::vector<RuleOutcome>& rules) {
    const RunInfo& old = document.run;
    std::map<std::string, std::string> before, now;
    for (const auto& pack : old.packs) before[pack.id] = pack.version + " " + pack.sha256;
    for (const auto& pack : current.packs) now[pack.id] = pack.version + " " + pack.sha256;
    std::vector<std::string> notes;
    for (const auto& [id, version] : now)
        if (!before.contains(id))
            notes.push_back(
                fmt::format("pack {} was not part of the older run: all of its findings are new", id));
        else if (before[id] != version)
            notes.push_back(fmt::format(
                "pack {} has changed since (version {}, then {}): some of what is new or resolved may be so "
                "because "
                "rules are other ones",
                id, before[id].substr(0, before[id].find(' ')), version.substr(0, version.find(' '))));
    for (const auto& [id, version] : before)
        if (!now.contains(id)) notes.push_back(fmt::format("pack {} is not part of the newer run", id));
    if (auto note = changed_parameters(old, current); !note.empty()) notes.push_back(std::move(note));
    if (old.as_at > current.as_at)
        notes.push_back(fmt::format("the older run is as at {}, after {}", old.as_at, current.as_at));
    if (auto note = not_judged_before(document, rules); !note.empty()) notes.push_back(std::move(note));
    if (!document.rejected.empty())
        notes.push_back(
            fmt::format("rows or files that the older run could not read: {}; what is found there now is new",
                        document.rejected.size()));
    return notes;
}

Comparison compare(const Document& old, const Document& current) {
    Comparison comparison;
    comparison.notes = differences(old, current.run, current.rules);
    std::unordered_set<std::string_view> before, now;
    for (const auto& finding : old.findings) before.insert(finding.id);
    for (const auto& finding : current.findings) {
        now.insert(finding.id);
        const bool persists = before.contains(finding.id);
        comparison.changes.push_back(
            {persists ? Change::persisting : Change::added, &finding,
             age(finding, persists ? old.run.as_at : current.run.as_at, current.run.as_at)});
    }
    const auto judged = rules_judged(current);
    for (const auto& finding : old.findings) {
        if (now.contains(finding.id)) continue;
        const bool gone = judged.contains(finding.pack + "/" + finding.rule);
        comparison.changes.push_back({gone ? Change::resolved : Change::not_judged, &finding,
                                      age(finding, old.run.as_at, old.run.as_at)});
    }
    for (const auto& changed : comparison.changes) count(comparison, changed);
    return comparison;
}

}  // namespace caseaudit::findings
