// The people of a service: IROs, social workers, personal advisers, their teams and the IROs' caseloads.
#pragma once
#include "generate/service_files.h"

namespace caseaudit::generate::service {

// Rows of staff, teams and caseloads of a service of so many children. counts[i] is of IRO i + 1. An IRO with
// few children works few hours, so that a full-time post holds 50 to 70. An error is a count far outside of
// that, or none.
Piece staff(const Year& year, std::uint64_t children, const std::vector<MonthlyCounts>& counts,
            std::uint64_t seed, double error_rate);

// The last day of the year's month 0 (April) to 11 (March).
Day month_end(const Year& year, int month);

}  // namespace caseaudit::generate::service
