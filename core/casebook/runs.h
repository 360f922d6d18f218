// Derived tables: rows of a case that touch, made one (a period of care from its episodes).
#pragma once
#include <vector>

#include "casebook/image_writer.h"

namespace caseaudit::casebook {

// A derived table to be made. `sources` is its source table in the current and in the prior extract; the
// one of `which` is there, the other may be null.
struct RunsRequest {
    const TablePlan* plan;
    Which which;
    const OrderedTable* sources[2];
    StartsPlace case_starts;  // to be filled
};

// The rows of the derived table, in order, and its case starts. The current extract's takes prior rows too if
// the definition says so, except those that a current row of the case supersedes (the same identity; where
// the table names none, the same start). A missing or invalid end is open. The sources must not be written
// before it.
OrderedTable derive_runs(const dataset::Dataset& dataset, const RunsRequest& request, std::uint32_t cases,
                         ImageArena& arena, Interners& interners);

}  // namespace caseaudit::casebook
