// When clocks in the United Kingdom are an hour ahead of UTC.
#pragma once
#include "calendar/civil.h"

namespace caseaudit::calendar {

// Whether they are at 23:00 UTC of that day, so that the next day has begun. From 1972 on; false before.
// Source: Summer Time Act 1972 (from the day after the third Saturday of March to the day after the fourth
// Saturday of October) and the Summer Time Orders: from the last Sunday of March since 1981, to 22 October in
// 1995, to the last Sunday of October since 1996. It agrees with the time zone database from 1972 to 2039.
bool next_day_begins_early(Day day);

}  // namespace caseaudit::calendar
