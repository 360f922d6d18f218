#include "generate/service_course.h"

#include <algorithm>

namespace caseaudit::generate::service {
namespace {

constexpr int fewest_days = 60;  // of a period that has ended

int draw_age(Random& random) {
    struct Band {
        int from, to;
    };
    // Kent, March 2018: half of those looked after were 14 or older, many of them unaccompanied.
    static constexpr Weighted<Band> bands[] = {{{0, 0}, 13},   {{1, 4}, 15},   {{5, 9}, 15},
                                               {{10, 13}, 20}, {{14, 15}, 21}, {{16, 16}, 16}};
    const Band band = pick(random, bands);
    return random.between(band.from, band.to);
}

int draw_days(Random& random) {  // from the entry to the as-at date or the end
    struct Span {
        int from, to;
    };
    static constexpr Weighted<Span> spans[] = {
        {{5, 180}, 44}, {{181, 365}, 31}, {{366, 730}, 18}, {{731, 1095}, 4}, {{1096, 1600}, 3}};
    const Span span = pick(random, spans);
    return random.between(span.from, span.to);
}

std::string_view draw_ethnicity(Random& random, bool asylum) {
    static constexpr Weighted<std::string_view> most[] = {{"WBRI", 78}, {"WOTH", 5}, {"MWBC", 4},
                                                          {"MOTH", 3},  {"BAFR", 3}, {"AOTH", 2},
                                                          {"WROM", 1},  {"OOTH", 4}};
    static constexpr Weighted<std::string_view> arrived[] = {{"OOTH", 5}, {"BAFR", 3}, {"AOTH", 2}};
    return asylum ? pick(random, arrived) : pick(random, most);
}

std::string_view stay_type(Random& random, int age) {
    static constexpr Weighted<std::string_view> younger[] = {
        {"U6", 60}, {"U4", 14}, {"U1", 8}, {"U3", 8}, {"K2", 10}};
    static constexpr Weighted<std::string_view> older[] = {{"U6", 42}, {"U4", 10}, {"H5", 36}, {"K2", 12}};
    return age < 16 ? pick(random, younger) : pick(random, older);
}

Stay draw_stay(Random& random, const Child& child, Day start, std::uint32_t number) {
    static constexpr std::string_view postcodes[] = {"ME14 1XX", "ME15 6YE", "TN23 1HU", "TN9 1BE",
                                                     "CT1 2JH",  "CT9 1XP",  "CT20 2SH", "DA11 0AS",
                                                     "DA1 1JS",  "ME10 4AN", "TN1 1RS",  "CT14 6BB"};
    Stay stay;
    stay.start = start;
    stay.type = stay_type(random, child.age(start));
    stay.provider = random.chance(0.7) ? "PR1" : "PR4";
    stay.postcode = random.pick(postcodes);
    stay.distance = random.between(40, 1790);
    stay.number = number;
    return stay;
}

// At most one move in any fifteen months, and none in a long period after its first months: two years in one
// placement.
void draw_stays(Random& random, const Year& year, Child& child, Care& care, std::uint32_t& number) {
    const Day until = horizon(care, year);
    const int days = until - care.start;
    care.stays.push_back(draw_stay(random, child, care.start, ++number));
    Day move = open_end;
    if (care.adoption_decided != open_end)
        move = care.adoption_decided + 120;
    else if (days > 60 && random.chance(0.3))
        move = care.start + random.between(25, days > 600 ? 100 : days - 20);
    if (move < until - 10) {
        static constexpr Weighted<std::string_view> reasons[] = {
            {"PLAN", 70}, {"CHILD", 10}, {"CARPL", 12}, {"APPRR", 8}};
        care.stays.back().end = move;
        care.stays.back().change_reason =
            care.adoption_decided != open_end ? std::string_view("PLAN") : pick(random, reasons);
        care.stays.push_back(draw_stay(random, child, move, ++number));
        if (care.adoption_decided != open_end) care.stays.back().type = "A5";
    }
    if (ended(care)) care.stays.back().end = care.end;
}

void draw_legal(Random& random, const Year& year, const Child& child, Care& care) {
    const Day until = horizon(care, year);
    const auto turn = [&](Day day, std::string_view status) {
        if (!care.legal.empty()) {
            if (day >= until - 2) return;
            care.legal.back().end = day;
        }
        care.legal.push_back({day, ended(care) ? care.end : open_end, status});
    };
    if (child.age(care.start) >= 16 || child.asylum) {
        turn(care.start, "V2");
        turn(care.start + random.between(200, 340), "C2");  // section 20 is for a year at most
        return;
    }
    Day day = care.start;
    if (random.chance(0.35)) {
        turn(day, "V2");
        day += random.between(30, 60);
    }
    turn(day, "C1");
    turn(day + random.between(130, 165), "C2");
    if (care.adoption_decided != open_end) turn(care.adoption_decided + 40, "E1");
}

// The first in 20 working days, the second in three months, then every six; some put off, but not for long.
void draw_meetings(Random& random, const Year& year, Care& care, std::uint32_t& number) {
    const Day until = horizon(care, year);
    Day day = weekday(care.start + random.between(19, 25)), due = care.start + 26;
    for (int in_period = 1;; ++in_period) {
        if (day >= until) {
            care.next_meeting = day;
            return;
        }
        if (in_period > 1 && random.chance(0.02)) {
            const Day called_off = weekday(day - random.between(6, 12));
            care.meetings.push_back({called_off, due, in_period, true, ++number});
        }
        care.meetings.push_back({day, due, in_period, false, ++number});
        due = calendar::add_months(day, in_period == 1 ? 3 : 6);
        day = weekday(day + (in_period == 1 ? random.between(78, 88) : random.between(152, 178)));
    }
}

void draw_period(Random& random, const Year& year, Child& child, Care& care, std::uint32_t& stay,
                 std::uint32_t& meeting) {
    static constexpr Weighted<std::string_view> needs[] = {{"N1", 62}, {"N2", 5}, {"N4", 8},
                                                           {"N5", 16}, {"N6", 5}, {"N3", 4}};
    care.need = child.asylum ? std::string_view("N8") : pick(random, needs);
    const int days = horizon(care, year) - care.start;
    if (child.age(care.start) < 4 && days > 330 && days < 900 && random.chance(0.3))
        care.adoption_decided = weekday(care.start + random.between(140, 160));
    draw_stays(random, year, child, care, stay);
    draw_legal(random, year, child, care);
    draw_meetings(random, year, care, meeting);
}

std::string_view draw_end_reason(Random& random, const Child& child, const Care& care) {
    static constexpr Weighted<std::string_view> reasons[] = {{"E4A", 52}, {"E45", 12}, {"E46", 8},
                                                             {"E41", 8},  {"E13", 8},  {"E8", 12}};
    if (care.end >= child.birthday(18)) return "E6";
    if (care.adoption_decided != open_end && care.stays.size() > 1) return "E12";
    if (child.age(care.end) >= 16) return random.chance(0.5) ? "E4A" : "E8";
    return pick(random, reasons);
}

// A child who would be 18 before the as-at date leaves on that birthday, or is made younger where it lies
// before the year.
void settle_birth(Random& random, const Year& year, Child& child, Care& care) {
    if (child.birthday(18) > horizon(care, year)) return;
    const bool in_year = child.birthday(18) > year.start + 30 && child.birthday(18) <= year.as_at &&
                         child.birthday(18) - care.start > fewest_days;
    if (in_year)
        care.end = child.birthday(18);
    else
        child.birth = calendar::add_years(year.as_at, -18) + 1 + random.between(0, 200);
}

// An earlier stay in care, over well before the present one.
void draw_earlier(Random& random, Child& child) {
    const Day end = child.care.front().start - random.between(400, 700);
    const Day start = end - random.between(fewest_days, 220);
    if (start <= child.birth + 20) return;
    Care earlier;
    earlier.start = start;
    earlier.end = end;
    child.care.insert(child.care.begin(), earlier);
}

}  // namespace

Child draw_child(Random& random, const Year& year, std::uint64_t number) {
    Child child;
    child.number = number;
    Care care;
    // Nearly half of the children of a year have left by its end, about as many as have come.
    const bool left = random.chance(0.42);
    const int days = draw_days(random);
    const Day until = left ? year.start + random.between(20, year.as_at - year.start - 5) : year.as_at;
    care.start = until - (left ? std::max(days, fewest_days) : days);
    if (left) care.end = until;
    const int age = draw_age(random);
    child.birth = calendar::add_years(care.start, -age) - random.between(2, 360);
    settle_birth(random, year, child, care);
    child.asylum = child.age(care.start) >= 15 && random.chance(0.35);
    child.boy = random.chance(child.asylum ? 0.92 : 0.55);
    child.ethnicity = draw_ethnicity(random, child.asylum);
    child.care.push_back(care);
    if (!child.asylum && random.chance(0.1)) draw_earlier(random, child);
    std::uint32_t stay = 0, meeting = 0, period = 0;
    for (Care& each : child.care) {
        each.number = ++period;
        draw_period(random, year, child, each, stay, meeting);
        if (ended(each)) each.end_reason = draw_end_reason(random, child, each);
    }
    return child;
}

}  // namespace caseaudit::generate::service
