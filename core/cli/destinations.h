// Where a run may not write: over what it reads.
#pragma once
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::cli {

// An error for each destination that is one of the inputs, or a file of an extract's folder that a reader
// would read. "" and "-" are no destinations.
Diagnostics refuse_inputs(const std::vector<std::string>& destinations,
                          const std::vector<std::string>& inputs);

}  // namespace caseaudit::cli
