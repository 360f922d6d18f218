// What extracts can be made.
#pragma once
#include <cstdint>
#include <string>

#include "diagnostic/diagnostic.h"

namespace caseaudit::generate {

inline constexpr std::uint64_t most_children = 4'000'000;  // in one extract
inline constexpr std::uint64_t earliest_year = 1995,
                               latest_year = 2150;  // in which the extract's year may begin

// Everything that is wrong with what was asked for; none: it can be made. `out` is a folder. Each is a
// "generate.bad-option".
Diagnostics check_limits(std::uint64_t children, int year, double error_rate, const std::string& out);

}  // namespace caseaudit::generate
