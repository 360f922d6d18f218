// Standard input, output and error of this process.
#pragma once
#include <optional>

namespace caseaudit::platform {

// Opens those that whoever started the process left closed, so that no file that is opened later takes their
// number and what is printed is not written into it. Writing to them fails all the same.
void hold_standard_streams();

// Writes what waits for standard output: nothing when all of it got there, else the errno (0 where it is no
// longer known) of what did not, which is then forgotten.
std::optional<int> flush_standard_output();

}  // namespace caseaudit::platform
