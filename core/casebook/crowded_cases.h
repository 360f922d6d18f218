// Cases that hold more rows than a child can have: their key is what an export put in the place of the
// children's, such as one number for all of them.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "casebook/table_load.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::casebook {

// The most rows of one table that a case is taken to have. A child with an episode or a missing period on
// each day of twelve years has fewer; and what a rule takes over a case may grow by the square of its rows.
inline constexpr std::uint32_t most_rows_of_a_case = 5'000;

// So many rows of such cases are audited as cases of their own; more cost too much memory, and are no
// extract.
inline constexpr std::uint32_t most_crowded_rows = 200'000;

// Makes the rows of crowded cases rows without a case, once Segment::cases holds numbers, and notes it: where
// a table has the key itself in all tables, else in the table whose link leads to one case too often. Returns
// for each table how many rows it were. Fails with "casebook.crowded-case" where there are too many of them.
Result<std::vector<std::size_t>> detach_crowded(const dataset::Dataset& dataset,
                                                std::vector<std::unique_ptr<TableLoad>>& tables,
                                                Diagnostics& notes);

}  // namespace caseaudit::casebook
