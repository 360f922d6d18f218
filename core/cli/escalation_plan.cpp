#include "cli/escalation_plan.h"

namespace caseaudit::cli {
namespace {

// A whole number, or $name of a parameter that is one: the pack's own checks saw to that.
std::int64_t days_of(const rulepack::Pack& pack, const std::string& text) {
    if (!text.starts_with('$')) return std::stoll(text);
    const auto found = pack.parameters.find(text.substr(1));
    return found == pack.parameters.end() ? 0 : found->second.value.integer;
}

}  // namespace

findings::EscalationPlan escalation_plan(const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs,
                                         const std::vector<RuleOutcome>& rules, calendar::Day as_at) {
    findings::EscalationPlan plan;
    plan.as_at = as_at;
    plan.rules.resize(rules.size());
    for (const auto& loaded : packs) {
        const auto& protocol = loaded->pack.dispute_protocol;
        if (!protocol || protocol->proposes.empty()) continue;
        const auto number = static_cast<std::uint32_t>(plan.protocols.size());
        auto& planned = plan.protocols.emplace_back();
        planned.pack = loaded->pack.id;
        planned.working_days = &loaded->working_days;
        for (const auto& stage : protocol->stages)
            planned.stages.push_back({stage.addressee, days_of(loaded->pack, stage.working_days.text)});
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (rules[i].pack != loaded->pack.id || !protocol->proposed_by(rules[i].rule)) continue;
            plan.rules[i] = {number, protocol->category_of(rules[i].rule)};
        }
    }
    return plan;
}

}  // namespace caseaudit::cli
