// Whether an extract has what a rule or measure needs.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "casebook/casebook.h"
#include "engine/plan.h"

namespace caseaudit::engine {

// What is lacking, as a reason for skipping; "" when nothing is. `optional` names tables and columns that may
// be absent.
std::string lacking(const std::vector<std::string>& optional, const std::set<expression::Need>& needs,
                    const casebook::Casebook& casebook);

// A rule over several tables runs over those that can be judged; it is skipped when none can.
std::string lacking(const PlannedRule& planned, const casebook::Casebook& casebook);

}  // namespace caseaudit::engine
