// Working days: not a Saturday, a Sunday or a listed holiday.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "calendar/civil.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::calendar {

// Immutable after construction; safe to share between threads. Covers `first()` to `last()`; outside
// that range weekends alone count, as no holiday is known there.
class WorkingDays {
  public:
    WorkingDays() = default;  // weekends only
    WorkingDays(Day first, Day last, std::vector<Day> holidays);
    // From rules/calendars/<name>.yaml: id, title, source, covers {from, to}, holidays [{date, name}].
    static Result<WorkingDays> load(const std::string& path);

    bool is_working(Day day) const;
    // The n-th working day after `day` (n > 0), or before it (n < 0); `day` itself when n = 0.
    // Constant time, as between() is. Results stay within a million years of 1970.
    Day add(Day day, std::int64_t n) const;
    // Working days d with from < d <= to; negative of between(to, from) when to < from.
    int between(Day from, Day to) const;
    Day first() const { return first_; }
    Day last() const { return last_; }

  private:
    std::int64_t count_up_to(Day day) const;     // working days in first_ … day; negative before first_
    Day day_of_count(std::int64_t count) const;  // the first day with count_up_to(day) == count

    Day first_ = 0, last_ = -1;
    std::vector<std::int32_t> count_;  // count_[i]: working days in first_ … first_ + i
    std::vector<Day> working_;         // working_[i]: the working day with count i + 1
};

}  // namespace caseaudit::calendar
