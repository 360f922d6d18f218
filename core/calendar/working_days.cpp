#include "calendar/working_days.h"

#include <algorithm>

namespace caseaudit::calendar {
namespace {

// The first Monday counted from; Mondays to Fridays since then, `day` itself included.
constexpr Day monday = -3;
std::int64_t weekdays_up_to(Day day) {
    const std::int64_t since = std::int64_t{day} - monday;
    const std::int64_t week = since >= 0 ? since / 7 : (since - 6) / 7;
    return week * 5 + std::min<std::int64_t>(since - week * 7 + 1, 5);
}

Day weekday_of_count(std::int64_t count) {
    constexpr std::int64_t most = 250'000'000;  // within a million years
    const std::int64_t index = std::clamp(count, -most, most) - 1;
    const std::int64_t week = index >= 0 ? index / 5 : (index - 4) / 5;
    return static_cast<Day>(week * 7 + (index - week * 5) + monday);
}

}  // namespace

WorkingDays::WorkingDays(Day first, Day last, std::vector<Day> holidays) : first_(first), last_(last) {
    std::sort(holidays.begin(), holidays.end());
    auto holiday = holidays.begin();
    for (Day day = first; day <= last; ++day) {
        while (holiday != holidays.end() && *holiday < day) ++holiday;
        const bool works = day_of_week(day) <= 5 && (holiday == holidays.end() || *holiday != day);
        if (works) working_.push_back(day);
        count_.push_back(static_cast<std::int32_t>(working_.size()));
    }
}

bool WorkingDays::is_working(Day day) const {
    return day_of_week(day) <= 5 && count_up_to(day) > count_up_to(day - 1);
}

std::int64_t WorkingDays::count_up_to(Day day) const {
    if (day < first_ || count_.empty()) return weekdays_up_to(day) - weekdays_up_to(first_ - 1);
    if (day > last_) return count_.back() + weekdays_up_to(day) - weekdays_up_to(last_);
    return count_[static_cast<std::size_t>(day - first_)];
}

Day WorkingDays::day_of_count(std::int64_t count) const {
    const auto in_range = static_cast<std::int64_t>(working_.size());
    if (count <= 0 || count_.empty()) return weekday_of_count(weekdays_up_to(first_ - 1) + count);
    if (count > in_range) return weekday_of_count(weekdays_up_to(last_) + count - in_range);
    return working_[static_cast<std::size_t>(count - 1)];
}

Day WorkingDays::add(Day day, std::int64_t n) const {
    constexpr std::int64_t most = 1'000'000'000;
    n = std::clamp(n, -most, most);
    if (n == 0) return day;
    return n > 0 ? day_of_count(count_up_to(day) + n) : day_of_count(count_up_to(day - 1) + n + 1);
}

int WorkingDays::between(Day from, Day to) const {
    return static_cast<int>(count_up_to(to) - count_up_to(from));
}

}  // namespace caseaudit::calendar
