#include <fmt/format.h>

#include <algorithm>

#include "generate/care_course.h"

namespace caseaudit::generate {
namespace {

constexpr std::uint32_t social_workers = 9000;

Cell worker_number(std::uint32_t worker) {
    return Cell(fmt::format("SW{:06}", 100000 + worker * 97));
}

PeriodOfCare short_break(const Episode& stay, Day start, Day end) {
    PeriodOfCare period;
    period.start = start;
    period.end = end;
    period.need = "N2";
    period.permanence = "Z1";
    period.episodes.push_back(stay);
    period.episodes.back().start = start;
    period.episodes.back().end = end;
    if (end != open_end) period.episodes.back().end_reason = "E4A";
    return period;
}

// Up to two spells within one episode's part of a year.
void add_spells(Random& random, Day from, Day to, std::vector<Spell>& spells) {
    Day day = from + 3;
    for (int count = random.between(1, 2); count > 0 && day + 12 < to; --count) {
        const Day start = random.between(day, to - 10);
        const Day end = start + random.between(1, 6);
        spells.push_back({start, end, random.chance(0.7) ? "M" : "A"});
        day = end + 2;
    }
}

}  // namespace

void draw_short_breaks(Random& random, const Collection& collection, CareHistory& history) {
    history.respite = true;
    history.birth = clear_birth(collection.current.start - random.between(5 * 365 + 40, 15 * 365));
    const bool agreement = random.chance(0.5);
    Episode stay;
    stay.new_reason = "S";
    stay.legal_status = agreement ? "V4" : "V3";
    stay.placement.place = random.chance(0.5) ? "K2" : "U6";
    stay.placement.sector = "PR4";
    if (agreement) {
        const Day start = clear_of_year_turn(collection.current.start + random.between(-500, 330));
        history.periods.push_back(short_break(stay, start, open_end));
        return;
    }
    const bool known_last_year = random.chance(0.6);
    Day day = (known_last_year ? collection.prior.start : collection.current.start) + random.between(8, 60);
    while (day < collection.current.end - 10) {
        const Day start = clear_of_year_turn(day);
        history.periods.push_back(short_break(stay, start, start + random.between(1, 4)));
        day = start + random.between(20, 70);
        if (day > collection.prior.end - 6 && day < collection.current.start + 8)
            day = collection.current.start + 8;
    }
}

void draw_missing_spells(Random& random, const Collection& collection, CareHistory& history) {
    const bool runs_away = random.chance(0.09), deprived = random.chance(0.01);
    for (const PeriodOfCare& period : history.periods) {
        for (const Episode& episode : period.episodes) {
            for (const CollectionYear* year : {&collection.prior, &collection.current}) {
                const Day from = std::max(episode.start, year->start), to = std::min(episode.end, year->end);
                if (from + 20 >= to || calendar::age_at(history.birth, from) < 10) continue;
                if (runs_away && random.chance(0.7)) add_spells(random, from, to, history.missing);
                if (deprived && episode.placement.place[0] == 'K')
                    history.deprived_of_liberty.push_back({from + 4, from + random.between(6, 15), ""});
            }
        }
    }
}

// One after the other without a gap, from before care began (or birth) to beyond the collection.
void draw_workers(Random& random, const Collection& collection, CareHistory& history) {
    constexpr std::string_view reasons[] = {"MANAGE", "LEFTRL", "TSPROC", "ORGRST", "TSPROC"};
    // The collection wants the whole year's workers of whoever is looked after when it ends.
    const Day known =
        std::min(history.periods.front().start, collection.current.start) - random.between(20, 200);
    Day day = std::max(history.birth, clear_of_year_turn(known));
    std::string_view reason = "FCONTA";
    while (day <= collection.current.end - 5) {
        WorkerSpell spell{day, clear_of_year_turn(day + random.between(90, 700)),
                          worker_number(random.below(social_workers)), reason};
        if (spell.end > collection.current.end - 5) spell.end = open_end;
        history.workers.push_back(spell);
        if (spell.end == open_end) break;
        day = spell.end;
        reason = random.pick(reasons);
    }
}

}  // namespace caseaudit::generate
