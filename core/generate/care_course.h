// The course of a period of care: placements, legal statuses, adoption, reviews, and what else is recorded
// along the way.
#pragma once
#include "generate/care_episodes.h"

namespace caseaudit::generate {

// Fills a period whose start and end are known: episodes, reviews, previous permanence. A young child may
// go the way of adoption when `adoptable`; the end of the period is then the adoption's.
void draw_course(Random& random, const Landscape& landscape, const Collection& collection,
                 CareHistory& history, PeriodOfCare& period, bool adoptable);

// Regular short breaks: either each break is a period of its own (V3), or the agreement is one (V4).
void draw_short_breaks(Random& random, const Collection& collection, CareHistory& history);

void draw_missing_spells(Random& random, const Collection& collection, CareHistory& history);
void draw_workers(Random& random, const Collection& collection, CareHistory& history);

}  // namespace caseaudit::generate
