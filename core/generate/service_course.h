// What happened to one child in the care of an authority: the facts that the rows of the IRO service's tables
// are then drawn from. Every date that a clock runs to lies well inside its limit, so that no clock needs the
// holidays of a year: n days hold at most n working days, and twelve days before hold at least three.
#pragma once
#include <string_view>
#include <vector>

#include "generate/random.h"
#include "generate/service_rows.h"

namespace caseaudit::generate::service {

inline constexpr Day open_end = 0x7FFFFFFF;

// The year a service is drawn for, and who works in it. Children are dealt out in the order of their numbers,
// so that a child's records do not depend on how many there are.
struct Year {
    Day start, as_at;
    explicit Year(int year)
        : start(calendar::day_number(year, 4, 1)), as_at(calendar::day_number(year + 1, 3, 31)) {}
    static constexpr std::uint64_t children_of_iro = 112, children_of_worker = 15, workers_of_team = 8;
    static std::uint64_t iro(std::uint64_t child) { return child / children_of_iro + 1; }
    static std::uint64_t team(std::uint64_t child) {
        return child / (children_of_worker * workers_of_team) + 1;
    }
    // The child's first worker, or the colleague of the same team who takes over.
    static std::uint64_t worker(std::uint64_t child, std::uint64_t change) {
        const std::uint64_t first = child / children_of_worker;
        return first - first % workers_of_team + (first + change) % workers_of_team + 1;
    }
};

struct Stay {  // a placement
    Day start = 0, end = open_end;
    std::string_view type, provider, postcode, change_reason;
    int distance = 0;  // hundredths of a mile
    std::uint32_t number = 0;
};
struct Legal {
    Day start = 0, end = open_end;
    std::string_view status;
};
struct Meeting {  // a review
    Day date = 0, due = 0;
    int in_period = 0;  // 1 is the first
    bool cancelled = false;
    std::uint32_t number = 0;
};
struct Care {  // a period of care
    Day start = 0, end = open_end;
    std::uint32_t number = 0;
    std::string_view need, end_reason;
    std::vector<Stay> stays;
    std::vector<Legal> legal;
    std::vector<Meeting> meetings;  // held by the horizon
    Day next_meeting = open_end;    // the planned one after them
    Day adoption_decided = open_end;
};
struct Child {
    std::uint64_t number = 0;
    Day birth = 0;
    bool boy = false, asylum = false;
    std::string_view ethnicity;
    std::vector<Care> care;  // by start

    int age(Day day) const { return calendar::age_at(birth, day); }
    Day birthday(int years) const { return calendar::add_years(birth, years); }
};

inline bool ended(const Care& care) {
    return care.end != open_end;
}
// The last day that anything of this period is recorded on.
inline Day horizon(const Care& care, const Year& year) {
    return ended(care) ? care.end : year.as_at;
}
// The Friday before where the day is at a weekend.
inline Day weekday(Day day) {
    const int of_week = calendar::day_of_week(day);
    return of_week < 6 ? day : day - (of_week - 5);
}

// Draws the whole of it. Each child was looked after on some day of the year.
Child draw_child(Random& random, const Year& year, std::uint64_t number);

}  // namespace caseaudit::generate::service
