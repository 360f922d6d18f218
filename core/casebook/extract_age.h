// How new an extract is, by the days on which its episodes begin. No note holds a value.
#pragma once
#include "casebook/casebook.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::casebook {

// The prior extract is the later one. Code casebook.swapped-extracts.
void note_swapped_extracts(const Casebook& casebook, Diagnostics& notes);

// The day that the audit speaks of is weeks after the extract was taken, so that what has been done since
// counts as not done (casebook.older-than-as-at), or before much of what is in it
// (casebook.newer-than-as-at).
void note_day_apart(const Casebook& casebook, calendar::Day as_at, Diagnostics& notes);

}  // namespace caseaudit::casebook
