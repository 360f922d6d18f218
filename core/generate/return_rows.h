// From a child's history to the rows of one year's return.
#pragma once
#include "generate/care_history.h"
#include "generate/return_record.h"

namespace caseaudit::generate {

// Adds the rows that the return of `year` holds of this child: none when there was no episode in the year
// and no care leaver information is due. What the history does not tell (health checks, scores) is drawn.
void fill_rows(Random& random, const CareHistory& history, const CollectionYear& year, Rows& rows);

}  // namespace caseaudit::generate
