// What the protocols of the packs of a run propose, by the numbers that its rules have.
#pragma once
#include <memory>
#include <vector>

#include "caseaudit/findings.h"
#include "findings/escalations.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

findings::EscalationPlan escalation_plan(const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs,
                                         const std::vector<RuleOutcome>& rules, calendar::Day as_at);

}  // namespace caseaudit::cli
