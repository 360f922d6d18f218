// Cases that hold more rows than a child can have: their key is what an export put in the place of the
// children's, such as one number for all of them.
#pragma once
#include <cstdint>
#include <vector>

#include "casebook/table_load.h"

namespace caseaudit::casebook {

// The most rows of one table that a case is taken to have. A child with an episode or a missing period on
// each day of twelve years has fewer; and what a rule takes over a case may grow by the square of its rows.
inline constexpr std::uint32_t most_rows_of_a_case = 5'000;

// So many rows of such cases are audited as cases of their own; more cost too much memory, and are no extract.
inline constexpr std::uint32_t most_crowded_rows = 200'000;

// The numbers of those of a table, in order, once Segment::cases holds numbers. Looks at some of the rows,
// evenly from all, and only where these are suspicious at each.
std::vector<std::uint32_t> crowded_cases(const TableLoad& table);

}  // namespace caseaudit::casebook
