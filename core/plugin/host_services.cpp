#include "plugin/host_services.h"

#include "calendar/civil.h"

namespace caseaudit::plugin {
namespace {

// Further than any calendar reaches, and small enough that no arithmetic on it overflows.
constexpr std::int64_t count_limit = 1'000'000;
constexpr std::int64_t month_limit = 60'000;  // 5,000 years

const calendar::WorkingDays& working_days(void* self) {
    return *static_cast<const calendar::WorkingDays*>(self);
}

std::int32_t cut(std::int64_t day) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(day, INT32_MIN, INT32_MAX));
}

std::int32_t add(void* self, std::int32_t date, std::int64_t count, std::int32_t unit) {
    const std::int64_t days = std::clamp(count, -count_limit, count_limit);
    const std::int64_t months = std::clamp(count, -month_limit, month_limit);
    switch (unit) {
        case CASEAUDIT_DAYS:
            return cut(date + days);
        case CASEAUDIT_WEEKS:
            return cut(date + 7 * days);
        case CASEAUDIT_WORKING_DAYS:
            return working_days(self).add(date, static_cast<int>(days));
        case CASEAUDIT_MONTHS:
            return calendar::add_months(date, static_cast<int>(months));
        case CASEAUDIT_YEARS:
            return calendar::add_years(
                date, static_cast<int>(std::clamp(count, -month_limit / 12, month_limit / 12)));
        default:
            return date;
    }
}

std::int64_t working_days_between(void* self, std::int32_t from, std::int32_t to) {
    return working_days(self).between(from, to);
}

std::int32_t is_working_day(void* self, std::int32_t date) {
    return working_days(self).is_working(date) ? 1 : 0;
}

}  // namespace

// The contract's `self` is not const, as C callers expect; the calendar is only read.
HostServices::HostServices(const calendar::WorkingDays& days)
    : table_{sizeof(caseaudit_host), CASEAUDIT_ABI_MINOR, const_cast<calendar::WorkingDays*>(&days), &add,
             &working_days_between,  &is_working_day} {}

}  // namespace caseaudit::plugin
