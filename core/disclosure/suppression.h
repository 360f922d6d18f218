// Keeps back figures of a measure so that no small number of children can be worked out from those that are
// given.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "caseaudit/findings.h"
#include "disclosure/solver.h"

namespace caseaudit::disclosure {

// How a publisher protects counts.
struct Profile {
    std::string_view name, source;
    std::uint64_t greatest_small = 0;  // counts from 1 to this one are kept back
    std::uint64_t round_to = 1;        // counts that are given are rounded to multiples of it
};

// DfE: 1 to 5, not rounded. NHS: 1 to 7, rounded to 5.
std::optional<Profile> find_profile(std::string_view name);

// The measure as it may be given to others. Kept back are, first, every count from 1 to `greatest_small`: of
// populations, of those that met the standard, of those undecided, and, where the standard was not met by so
// few, those that met it. Second, as many other counts as it takes so that from all that are given, totals
// and groups together, nobody can tell of a small count more than that it is between 1 (or 0) and
// `greatest_small` or more, nor any count that is kept back exactly. Third, each rate, share and average that
// rests on one of these. Rates and shares are made of the counts as given, after rounding. Figures of earlier
// runs are left out. Averages themselves are given as they are.
MeasureOutcome suppress(const MeasureOutcome& measure, const Profile& profile, const Solver& solver);

}  // namespace caseaudit::disclosure
