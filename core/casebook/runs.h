// Derived tables: rows of a case that touch, made one (a period of care from its episodes).
#pragma once
#include <vector>

#include "casebook/image_writer.h"

namespace caseaudit::casebook {

// The rows of the derived table, in order. `sources` are its source table in the current and the prior
// extract, either may be null. `which` is the extract the table is derived for: the current one's takes prior
// rows too if the definition says so, except those that a current row of the case supersedes (the same
// identity; where the table names none, the same start). A missing or invalid end is open.
OrderedTable derive_runs(const dataset::Dataset& dataset, const TablePlan& plan, Which which,
                         const OrderedTable* sources[2], Interners& interners);

}  // namespace caseaudit::casebook
