// What extracts can be made.
#pragma once
#include <cstdint>

namespace caseaudit::generate {

inline constexpr std::uint64_t most_children = 4'000'000;  // in one extract
inline constexpr std::uint64_t earliest_year = 1995,
                               latest_year = 2150;  // in which the extract's year may begin

}  // namespace caseaudit::generate
