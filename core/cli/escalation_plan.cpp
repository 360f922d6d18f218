#include "cli/escalation_plan.h"

namespace caseaudit::cli {

findings::EscalationPlan escalation_plan(const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs,
                                         const std::vector<RuleOutcome>& rules) {
    findings::EscalationPlan plan;
    plan.rules.resize(rules.size());
    for (const auto& loaded : packs) {
        const auto& protocol = loaded->pack.dispute_protocol;
        if (!protocol || protocol->proposes.empty()) continue;
        const auto number = static_cast<std::uint32_t>(plan.protocols.size());
        plan.protocols.push_back({loaded->pack.id, protocol->stages.front().addressee});
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (rules[i].pack != loaded->pack.id || !protocol->proposed_by(rules[i].rule)) continue;
            plan.rules[i] = {number, protocol->category_of(rules[i].rule)};
        }
    }
    return plan;
}

}  // namespace caseaudit::cli
