#include "calendar/working_days.h"
#include "expression/kernel.h"
#include "expression/kernels.h"
#include "expression/runtime.h"
#include "expression/text_function.h"

namespace caseaudit::expression::kernels {
namespace {

using calendar::Day;

template <class F>
void between(const KernelCall& call, F f) {
    each<std::int64_t, Day, Day>(call, [f](Day a, Day b) -> std::int64_t {
        return absent(a) || absent(b) ? state_of<std::int64_t>(a, b) : f(a, b);
    });
}

// Steps from a date. More of them than any calendar holds give no date.
constexpr std::int64_t most_steps = 400000;

template <class F>
void add_steps(const KernelCall& call, F f) {
    each<Day, Day, std::int64_t>(call, [f](Day day, std::int64_t steps) -> Day {
        if (absent(day) || absent(steps)) return state_of<Day>(day, steps);
        if (steps < -most_steps || steps > most_steps) return missing32;
        return within_calendar(f(day, static_cast<int>(steps)));
    });
}

template <class F>
void part(const KernelCall& call, F f) {
    each<std::int64_t, Day>(
        call, [f](Day day) -> std::int64_t { return absent(day) ? state_of<std::int64_t>(day) : f(day); });
}

}  // namespace

void days_between(const KernelCall& call) {
    between(call, [](Day a, Day b) { return std::int64_t{b} - a; });
}
void subtract_dates(const KernelCall& call) {
    between(call, [](Day a, Day b) { return std::int64_t{a} - b; });
}
void months_between(const KernelCall& call) {
    between(call, calendar::months_between);
}
void age_at(const KernelCall& call) {
    between(call, calendar::age_at);
}
void working_days_between(const KernelCall& call) {
    const auto& days = call.runtime.working_days();
    between(call, [&days](Day a, Day b) { return days.between(a, b); });
}

void add_days(const KernelCall& call) {
    add_steps(call, [](Day day, int n) { return std::int64_t{day} + n; });
}
void add_weeks(const KernelCall& call) {
    add_steps(call, [](Day day, int n) { return std::int64_t{day} + 7 * std::int64_t{n}; });
}
// 12,000 months lead from any date out of the calendar, and stay within an int.
void add_months(const KernelCall& call) {
    add_steps(call, [](Day day, int n) { return calendar::add_months(day, std::clamp(n, -12000, 12000)); });
}
void add_years(const KernelCall& call) {
    add_steps(call, [](Day day, int n) { return calendar::add_years(day, std::clamp(n, -1000, 1000)); });
}
void add_working_days(const KernelCall& call) {
    const auto& days = call.runtime.working_days();
    add_steps(call, [&days](Day day, int n) { return days.add(day, n); });
}

void make_date(const KernelCall& call) {
    each<Day, std::int64_t, std::int64_t, std::int64_t>(
        call, [](std::int64_t year, std::int64_t month, std::int64_t day) -> Day {
            if (absent(year) || absent(month) || absent(day))
                return is_invalid_state(day) ? invalid32 : state_of<Day>(year, month);
            return find_day(year, month, day);
        });
}

void date_from_text(const KernelCall& call) {
    over_texts<Day>(call, [](std::string_view text) -> Day {
        Day day;
        return calendar::parse_iso(text, day) && within_calendar(day) == day ? day : invalid32;
    });
}

void year_of(const KernelCall& call) {
    part(call, [](Day day) { return calendar::civil(day).year; });
}
void month_of(const KernelCall& call) {
    part(call, [](Day day) { return calendar::civil(day).month; });
}
void day_of(const KernelCall& call) {
    part(call, [](Day day) { return calendar::civil(day).day; });
}
void day_of_week(const KernelCall& call) {
    part(call, calendar::day_of_week);
}

void is_working_day(const KernelCall& call) {
    const auto& days = call.runtime.working_days();
    each<std::int8_t, Day>(call, [&days](Day day) -> std::int8_t {
        return absent(day) ? unknown_boolean : static_cast<std::int8_t>(days.is_working(day));
    });
}

// Half-open intervals: a missing end is open, a missing start cannot be judged.
void overlaps(const KernelCall& call) {
    const Stepped<Day> a(call, 0), b(call, 1), c(call, 2), d(call, 3);
    std::int8_t* __restrict out = call.out<std::int8_t>();
    const std::uint32_t size = call.size;
    for (std::uint32_t i = 0; i < size; ++i) {
        const bool unclear = absent(a[i]) | absent(c[i]) | is_invalid_state(b[i]) | is_invalid_state(d[i]);
        const Day b_end = is_missing_state(b[i]) ? INT32_MAX : b[i],
                  d_end = is_missing_state(d[i]) ? INT32_MAX : d[i];
        const bool meet = std::max(a[i], c[i]) < std::min(b_end, d_end);
        out[i] = unclear ? unknown_boolean : static_cast<std::int8_t>(meet);
    }
}

void interval_contains(const KernelCall& call) {
    each<std::int8_t, Day, Day, Day>(call, [](Day start, Day end, Day day) -> std::int8_t {
        const bool unclear = absent(start) | is_invalid_state(end) | absent(day);
        const bool inside = (day >= start) & ((day < end) | is_missing_state(end));
        return unclear ? unknown_boolean : static_cast<std::int8_t>(inside);
    });
}

}  // namespace caseaudit::expression::kernels
