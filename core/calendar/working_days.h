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
    Day add(Day day, int n) const;
    // Working days d with from < d <= to; negative of between(to, from) when to < from.
    int between(Day from, Day to) const;
    Day first() const { return first_; }
    Day last() const { return last_; }

  private:
    Day first_ = 0, last_ = -1;
    std::vector<std::int32_t> count_;     // count_[i]: working days in first_ … first_ + i
    std::vector<Day> holidays_;           // sorted, within the range
};

}  // namespace caseaudit::calendar
