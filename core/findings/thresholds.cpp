#include "findings/thresholds.h"

#include <algorithm>

namespace caseaudit::findings {
namespace {

bool exceeds(const Threshold& threshold, std::uint64_t findings, std::uint64_t judged) {
    const auto count = static_cast<double>(findings);
    if (!threshold.rate) return count > threshold.limit;
    // A share of nobody is no rate.
    return judged != 0 && judged >= threshold.minimum &&
           count > threshold.limit * static_cast<double>(judged);
}

}  // namespace

std::uint64_t counting(const RuleOutcome& rule) {
    return rule.failed - std::min(rule.failed, rule.known + rule.waived);
}

void Thresholds::set_rule(const std::string& pack, const std::string& rule, Threshold threshold) {
    packs_[pack].rules[rule] = std::move(threshold);
}

void Thresholds::set_severity(const std::string& pack, const std::string& severity, Threshold threshold) {
    packs_[pack].severities[severity] = std::move(threshold);
}

void Thresholds::set_pack(const std::string& pack, Threshold threshold) {
    packs_[pack].whole = std::move(threshold);
}

bool Thresholds::covers(const RuleOutcome& rule) const {
    const auto pack = packs_.find(rule.pack);
    return pack != packs_.end() && (pack->second.whole || pack->second.rules.contains(rule.rule) ||
                                    pack->second.severities.contains(rule.severity));
}

std::vector<ThresholdOutcome> Thresholds::judge(const std::vector<RuleOutcome>& rules) const {
    std::vector<ThresholdOutcome> outcomes;
    for (const auto& [pack, of] : packs_) {
        for (const auto& [rule, threshold] : of.rules) outcomes.push_back({pack, rule, "", threshold});
        for (const auto& [severity, threshold] : of.severities)
            outcomes.push_back({pack, "", severity, threshold});
        if (of.whole) outcomes.push_back({pack, "", "", *of.whole});
    }
    for (const auto& rule : rules) {
        const auto* found = threshold_of(rule, outcomes);
        if (found == nullptr || rule.status != Status::ran) continue;
        auto& outcome = outcomes[static_cast<std::size_t>(found - outcomes.data())];
        outcome.findings += counting(rule);
        outcome.judged += rule.passed + rule.failed;
    }
    for (auto& outcome : outcomes)
        outcome.exceeded = exceeds(outcome.fail_if, outcome.findings, outcome.judged);
    return outcomes;
}

const ThresholdOutcome* threshold_of(const RuleOutcome& rule, const std::vector<ThresholdOutcome>& outcomes) {
    const ThresholdOutcome* best = nullptr;
    for (const auto& outcome : outcomes) {
        if (outcome.pack != rule.pack) continue;
        if (outcome.rule == rule.rule) return &outcome;
        if (!outcome.rule.empty()) continue;
        if (outcome.severity == rule.severity || (outcome.severity.empty() && best == nullptr))
            best = &outcome;
    }
    return best;
}

}  // namespace caseaudit::findings
