#include "cli/threshold_plan.h"

#include "rulepack/threshold.h"

namespace caseaudit::cli {
namespace {

using Packs = std::vector<std::unique_ptr<rulepack::LoadedPack>>;

void take_packs(const Packs& packs, findings::Thresholds& thresholds) {
    for (const auto& loaded : packs) {
        const auto& pack = loaded->pack;
        for (const auto& rule : pack.rules)
            if (rule.fail_if) thresholds.set_rule(pack.id, rule.id, *rule.fail_if);
        for (const auto& [of, threshold] : pack.fail_if)
            of == "pack" ? thresholds.set_pack(pack.id, threshold)
                         : thresholds.set_severity(pack.id, of, threshold);
    }
}

// Whether anything goes by this name.
bool set(const Packs& packs, const std::string& subject, const Threshold& threshold,
         findings::Thresholds& thresholds) {
    bool known = false;
    for (const auto& loaded : packs) {
        const auto& pack = loaded->pack;
        if (rulepack::parse_severity(subject)) {
            thresholds.set_severity(pack.id, subject, threshold);
            known = true;
        } else if (pack.id == subject) {
            thresholds.set_pack(pack.id, threshold);
            known = true;
        } else if (std::any_of(pack.rules.begin(), pack.rules.end(),
                               [&](const auto& rule) { return rule.id == subject; })) {
            thresholds.set_rule(pack.id, subject, threshold);
            known = true;
        }
    }
    return known;
}

std::string nearest_subject(const Packs& packs, const std::string& subject) {
    std::vector<std::string> names = {"critical", "high", "medium", "low", "info"};
    for (const auto& loaded : packs) {
        names.push_back(loaded->pack.id);
        for (const auto& rule : loaded->pack.rules) names.push_back(rule.id);
    }
    const auto near = nearest(subject, names);
    return near.empty() ? "a rule's id, a severity or a pack's id" : fmt::format("did you mean '{}'?", near);
}

}  // namespace

Result<findings::Thresholds> threshold_plan(const Packs& packs, const std::vector<std::string>& given) {
    findings::Thresholds thresholds;
    take_packs(packs, thresholds);
    Diagnostics errors;
    for (const auto& text : given) {
        const auto colon = text.find(':');
        const auto threshold =
            colon == std::string::npos ? std::nullopt : rulepack::parse_threshold(text.substr(colon + 1));
        if (!threshold) {
            errors.push_back(
                {"command.fail-if",
                 "--fail-if takes \"SUBJECT: CONDITION\"",
                 {},
                 text,
                 "for example --fail-if \"late-review: rate > 2 % of at least 50\", or \"high: count > 10\"",
                 {}});
            continue;
        }
        auto named = *threshold;
        named.text.erase(0, named.text.find_first_not_of(' '));
        const auto subject = text.substr(0, colon);
        if (!set(packs, subject, named, thresholds))
            errors.push_back({"command.fail-if",
                              fmt::format("nothing to judge goes by '{}'", subject),
                              {},
                              subject,
                              nearest_subject(packs, subject),
                              {}});
    }
    if (!errors.empty()) return errors;
    return thresholds;
}

}  // namespace caseaudit::cli
