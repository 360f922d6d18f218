// What a run is going to read of an extract.
#pragma once
#include <vector>

#include "casebook/fields_used.h"
#include "engine/plan.h"

namespace caseaudit::engine {

// All that the rules and measures of the plans judge by, show, and know a record by.
casebook::FieldsUsed fields_read(const std::vector<Plan>& plans, const dataset::Dataset& dataset);

}  // namespace caseaudit::engine
