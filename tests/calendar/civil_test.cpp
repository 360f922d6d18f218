#include "calendar/civil.h"

#include <catch2/catch.hpp>

using namespace caseaudit::calendar;

namespace {

constexpr Day date(int year, int month, int day) {
    return day_number(year, month, day);
}

// One day after the other, by the rules of the calendar alone.
struct Walk {
    Civil today{1999, 1, 1};
    Day number = 10592;
    void next() {
        ++number;
        if (++today.day <= length(today.year, today.month)) return;
        today.day = 1;
        if (++today.month > 12) today.month = 1, ++today.year;
    }
    static int length(int year, int month) {
        if (month == 2) return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
};

// Month by month, taking the day back where the month is too short.
Day slow_add_months(Civil from, int months) {
    int year = from.year, month = from.month;
    for (; months > 0; --months) month == 12 ? (month = 1, ++year) : ++month;
    for (; months < 0; ++months) month == 1 ? (month = 12, --year) : --month;
    int day = from.day;
    while (day > Walk::length(year, month)) --day;
    return date(year, month, day);
}

}  // namespace

TEST_CASE("day numbers and civil dates agree on every day from 1999 to 2036") {
    int wrong = 0, week = 5;  // 1 January 1999 was a Friday
    for (Walk walk; walk.today.year <= 2036; walk.next(), week = week % 7 + 1) {
        const Civil is = civil(walk.number);
        wrong += is.year != walk.today.year || is.month != walk.today.month || is.day != walk.today.day;
        wrong += date(is.year, is.month, is.day) != walk.number;
        wrong += day_of_week(walk.number) != week;
        Day parsed = 0;
        wrong += !parse_iso(to_iso(walk.number), parsed) || parsed != walk.number;
    }
    CHECK(wrong == 0);
}

TEST_CASE("civil dates far away") {
    for (const int year : {-400, -1, 0, 1, 1582, 1800, 1900, 2000, 2199, 9999}) {
        for (const auto& [month, day] : {std::pair{1, 1}, {2, 28}, {3, 1}, {12, 31}}) {
            const Civil is = civil(date(year, month, day));
            CHECK((is.year == year && is.month == month && is.day == day));
        }
    }
    CHECK(date(1970, 1, 1) == 0);
    CHECK(day_of_week(0) == 4);
    CHECK(day_of_week(date(1899, 12, 31)) == 7);
    CHECK_FALSE(is_leap(1900));
    CHECK(is_leap(2000));
}

TEST_CASE("months are added as month by month, from every day of 1999 to 2036") {
    int wrong = 0;
    for (Walk walk; walk.today.year <= 2036; walk.next()) {
        for (const int months : {-25, -12, -6, -1, 0, 1, 2, 3, 6, 11, 12, 48}) {
            wrong += add_months(walk.number, months) != slow_add_months(walk.today, months);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("months are added as month by month, from every day of 1899 to 2100, and out of these years") {
    int wrong = 0;
    Walk walk{{1899, 1, 1}, -25932};
    CHECK(walk.number == date(1899, 1, 1));
    for (; walk.today.year <= 2100; walk.next()) {
        for (const int months : {-1, 1, 6}) {
            wrong += add_months(walk.number, months) != slow_add_months(walk.today, months);
        }
        const bool near_an_end = walk.today.year < 1902 || walk.today.year > 2098;
        for (const int months : {-2400, -2399, -13, -12, 0, 12, 13, 2399, 2400}) {
            if (near_an_end) wrong += add_months(walk.number, months) != slow_add_months(walk.today, months);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("month ends and leap days") {
    CHECK(add_months(date(2026, 1, 31), 1) == date(2026, 2, 28));
    CHECK(add_months(date(2024, 1, 31), 1) == date(2024, 2, 29));
    CHECK(add_months(date(2026, 8, 31), 6) == date(2027, 2, 28));
    CHECK(add_months(date(2026, 11, 30), 3) == date(2027, 2, 28));
    CHECK(add_months(date(2026, 3, 31), -1) == date(2026, 2, 28));
    CHECK(add_months(date(2026, 1, 15), -1) == date(2025, 12, 15));
    CHECK(add_years(date(2024, 2, 29), 1) == date(2025, 2, 28));
    CHECK(add_years(date(2024, 2, 29), 4) == date(2028, 2, 29));
    CHECK(add_years(date(2024, 2, 29), -1) == date(2023, 2, 28));
}

TEST_CASE("any number of months is an answer") {
    CHECK(civil(add_months(0, INT64_MAX)).year == 1'000'000);
    CHECK(civil(add_months(0, INT64_MIN)).year == -1'000'000);
    CHECK(civil(add_years(0, INT64_MAX)).year == 1'000'000);
    CHECK(civil(add_years(0, INT64_MIN)).year == -1'000'000);
}

TEST_CASE("ages") {
    CHECK(age_at(date(2010, 6, 15), date(2026, 6, 14)) == 15);
    CHECK(age_at(date(2010, 6, 15), date(2026, 6, 15)) == 16);
    CHECK(age_at(date(2010, 6, 15), date(2010, 6, 15)) == 0);
    CHECK(age_at(date(2010, 6, 15), date(2010, 6, 14)) == -1);
    CHECK(age_at(date(2008, 2, 29), date(2026, 2, 27)) == 17);
    CHECK(age_at(date(2008, 2, 29), date(2026, 2, 28)) == 18);
    CHECK(age_at(date(2008, 2, 29), date(2024, 2, 28)) == 15);
    CHECK(age_at(date(2008, 2, 29), date(2024, 2, 29)) == 16);
}

TEST_CASE("an age is reached on the day that add_years gives, for every birthday") {
    int wrong = 0;
    for (Walk walk; walk.today.year <= 2004; walk.next()) {
        for (int years = 0; years <= 30; ++years) {
            const Day birthday = add_years(walk.number, years);
            wrong += age_at(walk.number, birthday) != years;
            wrong += age_at(walk.number, birthday - 1) != years - 1;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("whole months are reached on the day that add_months gives") {
    int wrong = 0;
    for (Walk walk; walk.today.year <= 2004; walk.next()) {
        for (int months = 1; months <= 30; ++months) {
            const Day reached = add_months(walk.number, months);
            wrong += months_between(walk.number, reached) != months;
            wrong += months_between(walk.number, reached - 1) != months - 1;
        }
    }
    CHECK(wrong == 0);
    CHECK(months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1);
    CHECK(months_between(date(2026, 1, 31), date(2026, 2, 27)) == 0);
    CHECK(months_between(date(2026, 2, 28), date(2026, 1, 31)) == -1);
    CHECK(months_between(date(2026, 5, 5), date(2026, 5, 5)) == 0);
}

TEST_CASE("only a real day in the exact form is a date") {
    Day day = 7;
    for (const char* bad :
         {"", "2026-2-03", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "26-01-01",
          "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-01T00:00:00", "+026-01-01", "2026-0a-01"}) {
        CHECK_FALSE(parse_iso(bad, day));
    }
    CHECK(day == 7);
    CHECK(parse_iso("2024-02-29", day));
    CHECK(day == date(2024, 2, 29));
    CHECK(to_iso(date(812, 3, 4)) == "0812-03-04");
}
