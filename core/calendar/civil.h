// Days of the proleptic Gregorian calendar as day numbers, and arithmetic on them.
// Everything here is pure, constexpr where possible, and safe to share between threads.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::calendar {

using Day = std::int32_t;  // days since 1970-01-01

struct Civil {
    int year, month, day;  // month 1-12, day 1-31
};

constexpr bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
constexpr int days_in_month(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}
constexpr Day day_number(int year, int month, int day) {
    year -= month <= 2;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}
Civil civil(Day day);
// Month arithmetic keeps the day of the month, or takes the last day of a shorter month:
// 31 January + 1 month = 28 or 29 February; 29 February + 1 year = 28 February. Results stay within a million
// years of 1970.
Day add_months(Day day, std::int64_t months);
inline Day add_years(Day day, std::int64_t years) {
    constexpr std::int64_t most = 2'000'000;
    return add_months(day, (years < -most ? -most : years > most ? most : years) * 12);
}
// Whole years from birth to `at`: the birthday counts as reached on the day itself, and for a child born
// on 29 February on 28 February of a common year. Negative when `at` is before `birth`.
int age_at(Day birth, Day at);
int months_between(Day from, Day to);  // whole months, same rule; negative when to < from
int day_of_week(Day day);              // 1 Monday … 7 Sunday (ISO 8601)

std::string to_iso(Day day);                      // "2026-03-31"
bool parse_iso(std::string_view text, Day& day);  // exactly yyyy-mm-dd and a real day

}  // namespace caseaudit::calendar
