#include "calendar/civil.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace caseaudit::calendar {

// After Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms"
// (Software: Practice and Experience, 2022): a multiplication and a shift in place of most divisions. Years
// begin on 1 March.
Civil civil(Day day) {
    constexpr std::int64_t eras = 14700;  // of 400 years: so many before year 0, no Day lies before
    const auto since = static_cast<std::uint64_t>(day + std::int64_t{719468} + 146097 * eras);
    const std::uint64_t quarters = 4 * since + 3;
    const auto century = static_cast<std::int64_t>(quarters / 146097);
    const auto day_of_century = static_cast<std::uint32_t>(quarters % 146097) / 4;
    const std::uint64_t years = std::uint64_t{2939745} * (4 * day_of_century + 3);
    const std::uint32_t day_of_year = static_cast<std::uint32_t>(years) / 2939745 / 4;
    const std::uint32_t months = 2141 * day_of_year + 197913;
    const bool january = day_of_year >= 306;  // or February: of the next year
    return {static_cast<int>(100 * (century - 4 * eras) + static_cast<std::int64_t>(years >> 32) + january),
            static_cast<int>(months >> 16) - (january ? 12 : 0),
            static_cast<int>((months & 0xFFFF) / 2141) + 1};
}

namespace {

// The months in which nearly all dates of records lie, by their first days.
constexpr int first_listed_year = 1900;
constexpr std::uint32_t listed_months = 2400;
constexpr Day first_listed_day = day_number(first_listed_year, 1, 1);
constexpr auto month_starts = [] {
    std::array<std::uint32_t, listed_months + 1> starts{};  // days since the first
    for (std::uint32_t month = 0; month <= listed_months; ++month) {
        const int year = first_listed_year + static_cast<int>(month / 12);
        const Day start = day_number(year, static_cast<int>(month % 12) + 1, 1);
        starts[month] = static_cast<std::uint32_t>(start - first_listed_day);
    }
    return starts;
}();

// By the mean length of a month, 1461 days in 48 of them, it is the one found or the one before.
std::uint32_t listed_month(std::uint32_t day) {
    const std::uint32_t found = (day + 16) * 34451 >> 20;
    return found - static_cast<std::uint32_t>(day < month_starts[found]);
}

}  // namespace

Day add_months(Day day, std::int64_t months) {
    const std::uint32_t listed =
        static_cast<std::uint32_t>(day) - static_cast<std::uint32_t>(first_listed_day);
    if (listed < month_starts.back()) {
        const std::uint32_t from = listed_month(listed);
        const std::uint64_t to = from + static_cast<std::uint64_t>(months);
        if (to < listed_months) {
            const std::uint32_t same_day = month_starts[to] + (listed - month_starts[from]);
            return first_listed_day + static_cast<Day>(std::min(same_day, month_starts[to + 1] - 1));
        }
    }
    constexpr std::int64_t most_years = 1'000'000;
    const Civil from = civil(day);
    const std::int64_t capped = std::clamp(months, -most_years * 24, most_years * 24);
    const std::int64_t total = std::int64_t{from.year} * 12 + (from.month - 1) + capped;
    std::int64_t year = total >= 0 ? total / 12 : (total - 11) / 12;
    const int month = static_cast<int>(total - year * 12) + 1;
    year = std::clamp(year, -most_years, most_years);
    const int last = days_in_month(static_cast<int>(year), month);
    return day_number(static_cast<int>(year), month, std::min(from.day, last));
}

int months_between(Day from, Day to) {
    if (to < from) return -months_between(to, from);
    const Civil a = civil(from), b = civil(to);
    const int months = (b.year - a.year) * 12 + b.month - a.month;
    return b.day >= std::min(a.day, days_in_month(b.year, b.month)) ? months : months - 1;
}

int age_at(Day birth, Day at) {
    const Civil a = civil(birth), b = civil(at);
    const int birthday = a.month == 2 ? std::min(a.day, days_in_month(b.year, 2)) : a.day;
    const bool reached = b.month > a.month || (b.month == a.month && b.day >= birthday);
    return b.year - a.year - (reached ? 0 : 1);
}

int day_of_week(Day day) {
    const int since_monday = static_cast<int>((std::int64_t{day} + 3) % 7);  // day -3 was a Monday
    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

std::string to_iso(Day day) {
    const Civil date = civil(day);
    if (date.year < 0 || date.year > 9999)
        return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    std::string text = "0000-00-00";
    const auto write = [&](std::size_t last, int number) {
        for (; number > 0; number /= 10) text[last--] = static_cast<char>('0' + number % 10);
    };
    write(3, date.year);
    write(6, static_cast<int>(date.month));
    write(9, static_cast<int>(date.day));
    return text;
}

bool parse_iso(std::string_view text, Day& day) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t from, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(from, count)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const int year = number(0, 4), month = number(5, 2), day_of_month = number(8, 2);
    if (year < 0 || month < 1 || month > 12 || day_of_month < 1 ||
        day_of_month > days_in_month(year, month)) {
        return false;
    }
    day = day_number(year, month, day_of_month);
    return true;
}

}  // namespace caseaudit::calendar
