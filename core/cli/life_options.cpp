#include "cli/life_options.h"

#include <algorithm>

#include "findings/compare.h"
#include "platform/files.h"

namespace caseaudit::cli {
namespace {

// How long one run waits for another that writes the same history.
constexpr int patience = 10 * 60 * 1000;  // milliseconds

// What is wrong with a waiver of a rule that no pack has; "" of others, and of one for a pack of other runs.
std::string unknown_rule(const findings::Waiver& waiver, const LifeOfFindings::Packs& packs) {
    std::vector<std::string> names;
    for (const auto& loaded : packs)
        if (waiver.pack.empty() || waiver.pack == loaded->pack.id)
            for (const auto& rule : loaded->pack.rules) names.push_back(rule.id);
    if (names.empty() ||
        std::ranges::any_of(names, [&](const auto& name) { return findings::fits(waiver.rule, name); }))
        return {};
    const auto near = nearest(waiver.rule, names);
    return fmt::format("the waiver is of {}, and the packs of this run have no such rule{}", waiver.rule,
                       near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
}

}  // namespace

Diagnostics LifeOfFindings::read_baseline(findings::RunInfo& run, const std::vector<RuleOutcome>& rules) {
    if (options_.baseline.empty()) return {};
    auto text = platform::read_whole(platform::system_files(), options_.baseline, std::uint64_t{4} << 30);
    if (!text) return text.errors();
    const auto old = findings::read_document(*text, options_.baseline);
    if (!old) return old.errors();
    if (auto errors = findings::comparable(*old, options_.baseline, run); !errors.empty()) return errors;
    for (const auto& finding : old->findings) life_.baseline.emplace(finding.id, finding.waiver.has_value());
    life_.with_baseline = true;
    run.baseline = {old->run.as_at, life_.baseline.size()};
    for (const auto& note : findings::differences(*old, run, rules)) run.notes.push_back("baseline: " + note);
    return {};
}

Diagnostics LifeOfFindings::read_waivers(findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                                         const Packs& packs, calendar::Day as_at) {
    if (options_.waivers.empty()) return {};
    auto waivers = findings::read_waivers(options_.waivers, as_at);
    if (!waivers) return waivers.errors();
    life_.waivers = findings::WaiverBook(std::move(*waivers), rules, as_at);
    const auto& all = life_.waivers.waivers();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto status = life_.waivers.status(i, 0, rules);
        if (status == findings::WaiverStatus::expired)
            run.notes.push_back(fmt::format("{}:{}: the waiver of {} expired on {} and waives nothing",
                                            options_.waivers, all[i].place.line, all[i].rule,
                                            calendar::to_iso(all[i].expires)));
        if (status == findings::WaiverStatus::not_judged)
            if (auto unknown = unknown_rule(all[i], packs); !unknown.empty())
                run.notes.push_back(
                    fmt::format("{}:{}: {}", options_.waivers, all[i].place.line, std::move(unknown)));
        if (status == findings::WaiverStatus::over_broad)
            run.notes.push_back(fmt::format(
                "{}:{}: the waiver of {} is too broad and waives nothing: name a case, a finding or who is "
                "responsible, and no more than ten rules; a rule that does not apply is disabled in a pack",
                options_.waivers, all[i].place.line, all[i].rule));
    }
    return {};
}

Diagnostics LifeOfFindings::read_history(const findings::RunInfo& run) {
    if (options_.history.empty()) return {};
    auto history = history::History::begin(options_.history, run, patience);
    if (!history) return history.errors();
    history_.emplace(std::move(*history));
    auto past = history_->past();
    if (!past) return past.errors();
    life_.past = std::move(*past);
    life_.with_history = true;
    return {};
}

Diagnostics LifeOfFindings::read(findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                                 const Packs& packs, calendar::Day as_at) {
    life_.as_at = run.as_at;
    Diagnostics errors = read_baseline(run, rules);
    const auto add = [&](Diagnostics more) { errors.insert(errors.end(), more.begin(), more.end()); };
    add(read_waivers(run, rules, packs, as_at));
    // Last: it may wait, and a run that is refused should not make others wait.
    if (errors.empty()) add(read_history(run));
    return errors;
}

Diagnostics LifeOfFindings::add_trends(std::vector<MeasureOutcome>& measures) {
    return history_ ? history_->add_trends(measures) : Diagnostics{};
}

Diagnostics LifeOfFindings::add(const std::vector<RuleOutcome>& rules,
                                const std::vector<findings::Seen>& seen,
                                const std::vector<MeasureOutcome>& measures, bool whole) {
    return history_ ? history_->add(rules, seen, measures, whole) : Diagnostics{};
}

Diagnostics LifeOfFindings::commit() {
    return history_ ? history_->commit() : Diagnostics{};
}

}  // namespace caseaudit::cli
