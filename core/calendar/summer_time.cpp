#include "calendar/summer_time.h"

namespace caseaudit::calendar {
namespace {

// The first Sunday of the seven days from this one on.
Day sunday_from(int year, int month, int day) {
    const Day first = day_number(year, month, day);
    return first + 7 - day_of_week(first);
}

}  // namespace

bool next_day_begins_early(Day day) {
    const int year = civil(day).year;
    if (year < 1972) return false;
    const Day begins = sunday_from(year, 3, year < 1981 ? 16 : 25);
    const Day ends = sunday_from(year, 10, year == 1995 ? 22 : year < 1996 ? 23 : 25);
    return day >= begins && day < ends;
}

}  // namespace caseaudit::calendar
