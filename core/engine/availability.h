// Whether an extract has what a rule or measure needs.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casebook/casebook.h"
#include "engine/plan.h"

namespace caseaudit::engine {

// What a name under `optional` means: table, table.FIELD, prior.table, prior.table.FIELD or reference.table;
// none if the dataset has no such table or field.
std::optional<expression::Need> optional_need(const dataset::Dataset& dataset, std::string_view name);

// What is lacking, as a reason for skipping; "" when nothing is. `optional` names tables and columns that may
// be absent, of "a or b" not both; a column that can be derived from what is there is not lacking.
std::string lacking(const std::vector<std::string>& optional, const std::set<expression::Need>& needs,
                    const std::vector<expression::Alternative>& alternatives,
                    const casebook::Casebook& casebook);

// A rule over several tables runs over those that can be judged; it is skipped when none can.
std::string lacking(const PlannedRule& planned, const std::vector<expression::Alternative>& alternatives,
                    const casebook::Casebook& casebook);

}  // namespace caseaudit::engine
