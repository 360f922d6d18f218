// Seconds, memory and what each rule took, for --timings: apart from the findings document, which says the
// same however long a run takes.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "casebook/casebook.h"
#include "engine/plan.h"

namespace caseaudit::cli {

// `outcomes` are of the rules of `plans`, in their order; `took` is the whole run, in nanoseconds.
Diagnostics write_timings(const std::string& path, const std::vector<engine::Plan>& plans,
                          const casebook::Casebook& casebook, const std::vector<RuleOutcome>& outcomes,
                          std::int64_t took);

}  // namespace caseaudit::cli
