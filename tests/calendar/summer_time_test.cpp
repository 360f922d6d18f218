#include "calendar/summer_time.h"

#include <catch2/catch.hpp>

using namespace caseaudit::calendar;

TEST_CASE("British Summer Time lasts from the published Sunday to the eve of the published Sunday") {
    struct Year {
        int year, march, october;
    };
    // The days on which clocks changed, as published at gov.uk and, for earlier years, in the Summer Time
    // Orders.
    for (const Year& one : {Year{1972, 19, 29},
                            {1980, 16, 26},
                            {1981, 29, 25},
                            {1989, 26, 29},
                            {1995, 26, 22},
                            {1996, 31, 27},
                            {2016, 27, 30},
                            {2024, 31, 27},
                            {2025, 30, 26},
                            {2026, 29, 25}}) {
        CAPTURE(one.year);
        const Day begins = day_number(one.year, 3, one.march), ends = day_number(one.year, 10, one.october);
        CHECK_FALSE(next_day_begins_early(begins - 1));
        CHECK(next_day_begins_early(begins));
        CHECK(next_day_begins_early(ends - 1));
        CHECK_FALSE(next_day_begins_early(ends));
    }
    CHECK_FALSE(next_day_begins_early(day_number(1971, 7, 1)));
    CHECK_FALSE(next_day_begins_early(day_number(2025, 1, 15)));
}
