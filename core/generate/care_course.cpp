#include "generate/care_course.h"

#include <algorithm>

namespace caseaudit::generate {
namespace {

using calendar::add_years;
using calendar::age_at;

using Choices = Weighted<std::string_view>;
constexpr Choices needs[] = {{"N1", 64}, {"N2", 4}, {"N3", 3}, {"N4", 8}, {"N5", 7}, {"N6", 1}, {"N8", 13}};
constexpr Choices entry_statuses[] = {{"V2", 58}, {"C1", 36}, {"L2", 4}, {"L1", 2}};
constexpr Choices young_places[] = {{"U6", 50}, {"U3", 18}, {"U4", 9}, {"U1", 7},
                                    {"U5", 2},  {"R3", 3},  {"P1", 9}, {"K2", 2}};
constexpr Choices older_places[] = {{"U6", 44}, {"U4", 16}, {"U3", 9}, {"U1", 5},
                                    {"K2", 20}, {"S1", 2},  {"P1", 3}};
constexpr Choices oldest_places[] = {{"U6", 34}, {"U4", 14}, {"U3", 4}, {"K2", 20}, {"K3", 27}, {"K1", 1}};
constexpr Choices permanence_kinds[] = {{"Z1", 92}, {"P1", 2}, {"P2", 4}, {"P3", 1}, {"P4", 1}};
constexpr Choices young_exits[] = {{"E4A", 52}, {"E4B", 14}, {"E13", 8}, {"E41", 5},
                                   {"E8", 13},  {"E3", 2},   {"E16", 1}};
constexpr Choices older_exits[] = {{"E4A", 36}, {"E4B", 18}, {"E13", 6}, {"E8", 20},
                                   {"E3", 2},   {"E5", 9},   {"E6", 6},  {"E2", 1}};
constexpr Choices adult_exits[] = {{"E5", 46}, {"E6", 26}, {"E7", 12}, {"E8", 10}};

std::string_view draw_place(Random& random, Day birth, Day day, std::string_view legal_status) {
    const int age = age_at(birth, day);
    std::string_view place;
    do {
        place = age < 10   ? pick(random, young_places)
                : age < 16 ? pick(random, older_places)
                           : pick(random, oldest_places);
    } while ((place == "P1" && legal_status != "C1" && legal_status != "C2") || (place == "S1" && age < 11));
    return place;
}

Day last_day(const PeriodOfCare& period, const Collection& collection) {
    return std::min(period.end, collection.current.end);
}

void add_legal_changes(Random& random, const PeriodOfCare& period, std::string_view status,
                       std::vector<Change>& changes) {
    Day day = period.start;
    const auto becomes = [&](std::string_view next) {
        day = clear_of_year_turn(day);
        Change change;
        change.day = day;
        change.legal_status = status = next;
        changes.push_back(change);
    };
    if (status == "L1") {
        day += 2;
        becomes(random.chance(0.5) ? "V2" : "C1");
    } else if (status == "L2") {
        day += random.between(8, 12);
        becomes("C1");
    }
    if (status == "V2" && random.chance(0.22)) {
        day += random.between(60, 400);
        becomes("C1");
    }
    if (status == "C1" && random.chance(0.8)) {
        day += random.between(120, 260);
        becomes("C2");
    }
}

std::string_view status_on(const std::vector<Change>& changes, std::string_view first, Day day) {
    for (const Change& change : changes)
        if (!change.legal_status.empty() && change.day <= day) first = change.legal_status;
    return first;
}

// At most one move in a collection year: three placements in one year are an error to be planted.
void add_moves(Random& random, const Landscape& landscape, const Collection& collection,
               const CareHistory& history, const PeriodOfCare& period, const Change& first,
               std::vector<Change>& changes) {
    const std::vector<Change> legal = changes;
    Placement held = first.placement;
    const Day last = last_day(period, collection) - 8;
    for (int year = calendar::civil(period.start).year - 1; CollectionYear(year).start <= last; ++year) {
        const CollectionYear span(year);
        const Day from = std::max(span.start + 6, period.start + 12), to = std::min(span.end - 6, last);
        if (from >= to || !random.chance(0.36)) continue;
        Change move;
        move.day = random.between(from, to);
        move.moves = true;
        if (held.place == "U6" && random.chance(0.12)) {
            move.same_carer = true;
            move.placement = held;
            move.placement.place = "U4";
        } else {
            const std::string_view status = status_on(legal, first.legal_status, move.day);
            move.placement = landscape.placement(random, draw_place(random, history.birth, move.day, status),
                                                 history.home);
        }
        held = move.placement;
        changes.push_back(move);
    }
}

// A hospital stay or a few days elsewhere, and back to the same placement.
void add_temporary_stay(Random& random, const Landscape& landscape, const Collection& collection,
                        const CareHistory& history, const PeriodOfCare& period, const Change& first,
                        std::vector<Change>& changes) {
    const CollectionYear& year = random.chance(0.6) ? collection.current : collection.prior;
    const Day from = std::max(year.start + 8, period.start + 20);
    const Day to = std::min(year.end, last_day(period, collection)) - 40;
    if (from >= to) return;
    Change away, back;
    away.moves = back.moves = true;
    away.day = random.between(from, to);
    const bool hospital = random.chance(0.4);
    back.day = away.day + random.between(7, hospital ? 25 : 14);
    back.placement = first.placement;
    for (const Change& change : changes) {
        if (change.day > away.day - 10 && change.day < back.day + 10) return;
        if (change.moves && change.day < away.day) back.placement = change.placement;
    }
    away.placement = landscape.placement(random, hospital ? "T1" : "T3", history.home);
    changes.push_back(away);
    changes.push_back(back);
}

// Decision, placement order, placement with the adopters, adoption; some decisions are reversed. Who is
// not adopted within the collection is still looked after when it ends.
void take_way_of_adoption(Random& random, const Landscape& landscape, const Collection& collection,
                          CareHistory& history, PeriodOfCare& period, Change& first,
                          std::vector<Change>& changes) {
    Adoption adoption;
    period.end = open_end;
    adoption.foster_carer = random.chance(0.12);
    first.legal_status = "C1";
    first.placement = landscape.placement(random, "A5", history.home);
    first.placement.place = "U6";
    adoption.decided = clear_of_year_turn(period.start + random.between(200, 330));
    Change order;
    order.day = clear_of_year_turn(adoption.decided + random.between(8, 30));
    order.legal_status = "E1";
    if (order.day > collection.current.end - 6) return;  // the decision too is then left for next year
    changes.push_back(order);
    if (random.chance(0.12)) {
        Change reversal;
        reversal.day = clear_of_year_turn(order.day + random.between(60, 300));
        reversal.legal_status = "C2";
        if (reversal.day <= collection.current.end - 6) {
            constexpr std::string_view reasons[] = {"RD1", "RD2", "RD3", "RD4"};
            adoption.reversed = reversal.day;
            adoption.reversal = random.pick(reasons);
            changes.push_back(reversal);
        }
        history.adoption = adoption;
        return;
    }
    Change placed;
    placed.day = clear_of_year_turn(order.day + random.between(40, 220));
    placed.moves = true;
    placed.same_carer = adoption.foster_carer;
    placed.placement =
        adoption.foster_carer ? first.placement : landscape.placement(random, "A6", history.home);
    placed.placement.place = adoption.foster_carer ? "A5" : "A6";
    if (placed.day <= collection.current.end - 6) {
        changes.push_back(placed);
        adoption.matched = random.between(order.day, placed.day - 8);
        Day adopted = clear_of_year_turn(placed.day + random.between(75, 260));
        if (adopted < collection.current.start + 20)
            adopted = random.between(collection.current.start + 20, collection.current.end - 6);
        if (adopted <= collection.current.end - 5) period.end = adopted;
    }
    const bool couple = random.chance(0.88);
    adoption.adopters = couple ? "2" : "1";
    if (couple) {
        adoption.sexes = random.chance(0.8) ? "MF" : random.chance(0.5) ? "MM" : "FF";
        adoption.legal_status = adoption.sexes == "MF" ? "L3" : "L4";
    } else {
        adoption.sexes = random.chance(0.85) ? "F1" : "M1";
        adoption.legal_status = "L0";
    }
    history.adoption = adoption;
}

std::string_view draw_exit_reason(Random& random, const CareHistory& history, const PeriodOfCare& period) {
    const Episode& last = period.episodes.back();
    const bool foster = last.placement.place[0] == 'U';
    if (last.placement.place[0] == 'A') return random.chance(0.3) ? "E11" : "E12";
    if (add_years(history.birth, 18) <= period.end)
        return foster && random.chance(0.5) ? "E17" : pick(random, adult_exits);
    if (foster && (last.legal_status == "C1" || last.legal_status == "C2") && random.chance(0.35))
        return last.placement.place <= "U3" ? "E45" : "E46";
    return age_at(history.birth, period.end) < 16 ? pick(random, young_exits) : pick(random, older_exits);
}

// Within 20 working days of the start, 3 months of the first, 6 months of the one before.
void draw_reviews(Random& random, const Collection& collection, PeriodOfCare& period) {
    const Day last = last_day(period, collection) - 1;
    Day day = period.start + random.between(12, 26);
    for (int count = 0; day < last; ++count) {
        period.reviews.push_back(day);
        day += count == 0 ? random.between(60, 88) : random.between(120, 180);
    }
}

void draw_permanence(Random& random, const CareHistory& history, PeriodOfCare& period) {
    period.permanence = pick(random, permanence_kinds);
    if (period.permanence == "Z1") return;
    const int days = period.start - history.birth;
    if (days < 400) {
        period.permanence = "Z1";
        return;
    }
    constexpr std::string_view authorities[] = {"318", "302", "936", "830", "WAL", "NUK"};
    period.permanence_authority = random.pick(authorities);
    period.permanence_date = Cell::date(history.birth + random.between(100, days - 100));
}

}  // namespace

void draw_course(Random& random, const Landscape& landscape, const Collection& collection,
                 CareHistory& history, PeriodOfCare& period, bool adoptable) {
    Change first;
    std::vector<Change> changes;
    period.need = history.asylum ? "N5" : pick(random, needs);
    first.legal_status = history.asylum ? "V2" : pick(random, entry_statuses);
    first.placement = landscape.placement(
        random, draw_place(random, history.birth, period.start, first.legal_status), history.home);
    if (adoptable && age_at(history.birth, period.start) < 4 && random.chance(0.3)) {
        take_way_of_adoption(random, landscape, collection, history, period, first, changes);
    } else {
        if (!history.asylum) add_legal_changes(random, period, first.legal_status, changes);
        add_moves(random, landscape, collection, history, period, first, changes);
        std::stable_sort(changes.begin(), changes.end(),
                         [](const Change& a, const Change& b) { return a.day < b.day; });
        if (random.chance(0.05))
            add_temporary_stay(random, landscape, collection, history, period, first, changes);
    }
    std::erase_if(changes, [&](const Change& change) { return change.day > collection.current.end - 4; });
    cut_into_episodes(random, period, first, std::move(changes));
    if (period.end != open_end) period.episodes.back().end_reason = draw_exit_reason(random, history, period);
    draw_reviews(random, collection, period);
    draw_permanence(random, history, period);
}

}  // namespace caseaudit::generate
