#include "generate/care_history.h"

#include <fmt/format.h>

#include <algorithm>

#include "generate/care_course.h"

namespace caseaudit::generate {
namespace {

using calendar::add_years;

constexpr Weighted<std::string_view> ethnic_codes[] = {
    {"WBRI", 640}, {"WIRI", 8},  {"WOTH", 45}, {"WIRT", 5},  {"WROM", 9}, {"MWBC", 35}, {"MWBA", 12},
    {"MWAS", 15},  {"MOTH", 33}, {"AIND", 6},  {"APKN", 17}, {"ABAN", 9}, {"AOTH", 17}, {"BCRB", 22},
    {"BAFR", 45},  {"BOTH", 14}, {"CHNE", 2},  {"OOTH", 50}, {"REFU", 3}, {"NOBT", 4},
};

struct AgeBand {
    int from, to;
};
constexpr Weighted<AgeBand> entry_ages[] = {
    {{0, 0}, 19}, {{1, 4}, 17}, {{5, 9}, 18}, {{10, 15}, 29}, {{16, 17}, 17}};

// A birth before `entry` such that the eighteenth birthday is after `in_care`.
Day draw_birth(Random& random, Day entry, Day in_care) {
    const AgeBand band = pick(random, entry_ages);
    Day birth = entry - random.between(band.from * 365, band.to * 365 + 364);
    const Day earliest = add_years(in_care + 60, -18);
    if (birth <= earliest) birth = earliest + random.between(1, 700);
    return clear_birth(birth);
}

Day draw_entry(Random& random, const Collection& collection) {
    const std::uint32_t drawn = random.below(100);
    if (drawn < 34) return random.between(collection.current.start + 6, collection.current.end - 14);
    if (drawn < 58) return random.between(collection.prior.start + 6, collection.prior.end - 14);
    constexpr int years[] = {1, 2, 3, 5, 8};
    return collection.prior.start - 10 - random.between(0, 365 * random.pick(years));
}

// When someone who came in on `entry` leaves, if that is before this collection ends.
Day draw_exit(Random& random, const Collection& collection, Day entry, Day birth) {
    const Day adult = add_years(birth, 18);
    Day exit = open_end;
    if (entry >= collection.current.start && random.chance(0.18))
        exit = entry + random.between(6, 150);
    else if (random.chance(0.2))
        exit = random.between(std::max(collection.current.start + 6, entry + 20), collection.current.end - 5);
    if (exit != open_end) exit = clear_of_year_turn(exit);
    if (exit != open_end && (exit > collection.current.end - 5 || exit < entry + 6)) exit = open_end;
    if (adult <= collection.current.end && exit > adult - 5) exit = adult;
    return exit;
}

PeriodOfCare period_between(Day start, Day end) {
    PeriodOfCare period;
    period.start = start;
    period.end = end;
    return period;
}

void draw_resident(Random& random, const Collection& collection, CareHistory& history) {
    const Day entry = clear_of_year_turn(draw_entry(random, collection));
    history.birth = draw_birth(random, entry, std::max(entry, collection.current.start));
    const Day exit = draw_exit(random, collection, entry, history.birth);
    // Some came back after a stay that ended last year.
    if (entry >= collection.current.start + 30 && history.birth < collection.prior.start &&
        random.chance(0.14)) {
        const Day earlier = random.between(collection.prior.start + 6, collection.prior.end - 150);
        history.periods.push_back(period_between(earlier, earlier + random.between(20, 110)));
    }
    history.periods.push_back(period_between(entry, exit));
}

void draw_leaver(Random& random, const Collection& collection, CareHistory& history) {
    const Day exit = random.between(collection.prior.start + 40, collection.prior.end - 10);
    const Day entry = clear_of_year_turn(exit - random.between(10, random.chance(0.4) ? 200 : 2400));
    if (random.chance(0.3)) {
        history.birth = clear_birth(add_years(exit, -18));
    } else {
        history.birth = draw_birth(random, std::min(entry, exit - 10), exit);
    }
    const Day last = std::min(exit, add_years(history.birth, 18));
    history.periods.push_back(period_between(std::min(entry, last - 8), last));
}

// Left at 18 during last year; 19 this year, and asked how they are. Not before mid-July: last year's return
// then shows the thirteen weeks in care that make them care leavers.
void draw_care_leaver(Random& random, const Collection& collection, CareHistory& history) {
    const Day nineteen = random.between(collection.current.start + 115, collection.current.end - 12);
    history.birth = clear_birth(add_years(nineteen, -19));
    const Day exit = add_years(history.birth, 18);
    history.periods.push_back(period_between(clear_of_year_turn(exit - random.between(220, 2600)), exit));
}

void draw_asylum_seeker(Random& random, const Collection& collection, CareHistory& history) {
    history.asylum = true;
    history.home = Cell();
    const Day entry =
        clear_of_year_turn(random.between(collection.prior.start + 6, collection.current.end - 14));
    Day birth = entry - random.between(15 * 365 + 10, 17 * 365 + 200);
    const Day earliest = add_years(std::max(entry, collection.current.start) + 60, -18);
    if (birth <= earliest) birth = earliest + random.between(1, 200);
    history.birth = clear_birth(birth);
    const Day adult = add_years(history.birth, 18);
    history.periods.push_back(period_between(entry, adult <= collection.current.end ? adult : open_end));
    if (adult <= collection.current.end)
        history.asylum_end = adult;
    else if (random.chance(0.06))
        history.asylum_end =
            random.between(std::max(entry + 5, collection.current.start), collection.current.end);
}

void draw_person(Random& random, std::uint64_t number, const Landscape& landscape, CareHistory& history) {
    // A permutation of the numbers below a prime: identifiers are unique and in no order.
    const std::uint64_t scrambled = (number * 7368787 + 1234567) % 9999991;
    history.child = Cell::number(static_cast<int>(10000000 + scrambled));
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRTUVWXYZ";
    history.upn = Cell(
        fmt::format("{}318{:07}{:02}", letters[random.below(letters.size())], scrambled, random.below(100)));
    history.sex = random.chance(0.56) ? "M" : "F";
    history.ethnic = pick(random, ethnic_codes);
    history.home = landscape.home_postcode(random);
}

void draw_motherhood(Random& random, const Collection& collection, CareHistory& history) {
    const PeriodOfCare& period = history.periods.back();
    const Day from = std::max(period.start + 5, add_years(history.birth, 15));
    const Day to = std::min(period.end, collection.current.end) - 5;
    if (from < to && random.chance(0.05)) history.motherhood = random.between(from, to);
}

}  // namespace

CareHistory draw_history(Random& random, const Landscape& landscape, const Collection& collection,
                         Subject subject, std::uint64_t number) {
    CareHistory history;
    draw_person(random, number, landscape, history);
    const std::uint32_t kind = random.below(100);
    bool adoptable = false, may_be_mother = true;
    if (subject == Subject::left_last_year) {
        draw_leaver(random, collection, history);
    } else if (kind < 5) {
        history.sex = random.chance(0.93) ? "M" : "F";
        draw_asylum_seeker(random, collection, history);
    } else if (kind < 8) {
        draw_short_breaks(random, collection, history);
        draw_workers(random, collection, history);
        return history;
    } else if (kind < 13) {
        draw_care_leaver(random, collection, history);
        may_be_mother = false;
    } else {
        draw_resident(random, collection, history);
        adoptable = history.periods.size() == 1;
    }
    for (PeriodOfCare& period : history.periods)
        draw_course(random, landscape, collection, history, period, adoptable);
    if (history.sex == "F" && may_be_mother) draw_motherhood(random, collection, history);
    draw_missing_spells(random, collection, history);
    draw_workers(random, collection, history);
    return history;
}

}  // namespace caseaudit::generate
