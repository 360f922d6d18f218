// Whether an extract has what a rule or measure needs.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "casebook/casebook.h"
#include "engine/plan.h"

namespace caseaudit::engine {

// What is lacking, as a reason for skipping; "" when nothing is. `optional` names tables and columns that may
// be absent; a column that can be derived from what is there is not lacking.
std::string lacking(const std::vector<std::string>& optional, const std::set<expression::Need>& needs,
                    const std::vector<expression::Alternative>& alternatives,
                    const casebook::Casebook& casebook);

// A rule over several tables runs over those that can be judged; it is skipped when none can.
std::string lacking(const PlannedRule& planned, const std::vector<expression::Alternative>& alternatives,
                    const casebook::Casebook& casebook);

}  // namespace caseaudit::engine
