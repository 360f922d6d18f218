#include "generate/return_rows.h"

#include <algorithm>

namespace caseaudit::generate {
namespace {

using calendar::add_years;
using calendar::age_at;

Record& add(Rows& rows, Table table, const CareHistory& history) {
    std::vector<Record>& records = rows[table];
    Record& record = records.emplace_back();
    record[0] = history.child;
    if (const int birth = shape(table).birth; birth >= 0) record[birth] = Cell::date(history.birth);
    return record;
}

bool in_year(Day start, Day end, const CollectionYear& year) {
    return start <= year.end && end >= year.start;
}
bool in_care_during(const CareHistory& history, const CollectionYear& year) {
    return std::any_of(history.periods.begin(), history.periods.end(),
                       [&](const PeriodOfCare& period) { return in_year(period.start, period.end, year); });
}

void add_episode(Rows& rows, const CareHistory& history, const PeriodOfCare& period, const Episode& episode,
                 const CollectionYear& year) {
    Record& record = add(rows, Table::episodes, history);
    record[episodes::decom] = Cell::date(episode.start);
    record[episodes::rne] = episode.new_reason;
    record[episodes::ls] = episode.legal_status;
    record[episodes::cin] = period.need;
    record[episodes::place] = episode.placement.place;
    record[episodes::place_provider] = episode.placement.sector;
    if (!history.respite && !history.asylum) record[episodes::home_post] = history.home;
    if (!history.respite) record[episodes::pl_post] = episode.placement.postcode;
    record[episodes::urn] = episode.placement.urn;
    if (episode.end > year.end) return;
    record[episodes::dec] = Cell::date(episode.end);
    record[episodes::rec] = episode.end_reason;
    record[episodes::reason] = episode.change_reason;
}

void add_periods(Rows& rows, const CareHistory& history, const CollectionYear& year) {
    const PeriodOfCare* entry = nullptr;
    for (const PeriodOfCare& period : history.periods) {
        if (year.contains(period.start) && !entry) entry = &period;
        for (const Episode& episode : period.episodes)
            if (in_year(episode.start, episode.end, year)) add_episode(rows, history, period, episode, year);
    }
    if (!entry) return;
    Record& record = add(rows, Table::previous_permanence, history);
    record[permanence::kind] = entry->permanence;
    record[permanence::authority] = entry->permanence_authority;
    record[permanence::date] = entry->permanence_date;
}

void add_header(Rows& rows, const CareHistory& history, const CollectionYear& year) {
    const bool cared_for = in_care_during(history, year);
    Record& record = add(rows, Table::header, history);
    record[header::sex] = history.sex;
    record[header::ethnic] = history.ethnic;
    record[header::upn] = age_at(history.birth, year.start) < 5 ? Cell("UN1") : history.upn;
    if (history.sex == "F" && cared_for && !history.respite) {
        const bool mother = history.motherhood <= year.end;
        record[header::mother] = mother ? "1" : "0";
        if (mother) record[header::mc_dob] = Cell::date(history.motherhood);
    }
    const bool asylum = history.asylum && cared_for && history.asylum_end >= year.start;
    record[header::uasc] = asylum ? "1" : "0";
    if (!asylum) return;
    Record& seeker = add(rows, Table::uasc, history);
    seeker[uasc::sex] = history.sex;
    if (history.asylum_end <= year.end) seeker[uasc::duc] = Cell::date(history.asylum_end);
}

void add_reviews(Random& random, Rows& rows, const CareHistory& history, const CollectionYear& year) {
    constexpr Weighted<std::string_view> participation[] = {{"PN1", 52}, {"PN2", 4},  {"PN3", 2}, {"PN4", 1},
                                                            {"PN5", 10}, {"PN6", 24}, {"PN7", 7}};
    for (const PeriodOfCare& period : history.periods) {
        for (const Day day : period.reviews) {
            if (!year.contains(day)) continue;
            Record& record = add(rows, Table::reviews, history);
            record[reviews::date] = Cell::date(day);
            record[reviews::code] = age_at(history.birth, day) < 4 ? "PN0" : pick(random, participation);
        }
    }
}

void add_strengths_and_difficulties(Random& random, Record& record, int age_at_start, int age_at_end) {
    if (age_at_end < 4 || age_at_start >= 17) return;
    const bool all_year = age_at_start >= 4 && age_at_end < 17;
    constexpr std::string_view reasons[] = {"SDQ2", "SDQ3", "SDQ4", "SDQ5"};
    if (!all_year && random.chance(0.3))
        record[oc2::sdq_reason] = random.pick(reasons);
    else
        record[oc2::sdq_score] = Cell::number(random.between(2, 32));
}

// For those looked after for all of the twelve months to 31 March.
void add_outcomes(Random& random, Rows& rows, const CareHistory& history, const CollectionYear& year) {
    const bool all_year = std::any_of(
        history.periods.begin(), history.periods.end(),
        [&](const PeriodOfCare& period) { return period.start < year.start && period.end > year.end; });
    if (!all_year || history.respite) return;
    const int age_at_end = age_at(history.birth, year.end);
    const auto yes = [&](double probability) { return random.chance(probability) ? "1" : "0"; };
    Record& record = add(rows, Table::oc2, history);
    add_strengths_and_difficulties(random, record, age_at(history.birth, year.start), age_at_end);
    if (age_at_end >= 10) record[oc2::convicted] = yes(0.03);
    if (age_at_end < 5) record[oc2::health_check] = yes(0.89);
    record[oc2::immunisations] = yes(0.82);
    record[oc2::teeth_check] = yes(0.76);
    record[oc2::health_assessment] = yes(0.89);
    record[oc2::substance_misuse] = yes(age_at_end >= 11 ? 0.06 : 0.0);
    if (record[oc2::substance_misuse] == "0") return;
    record[oc2::received] = yes(0.6);
    if (record[oc2::received] == "0") record[oc2::offered] = yes(0.7);
}

// Thirteen weeks in care since 14, part of it at 16 or later, as far as the episodes of this year's and
// last year's return show; not looked after on the birthday that falls in this year.
bool is_care_leaver(const CareHistory& history, const CollectionYear& year, Day birthday) {
    const Day fourteen = add_years(history.birth, 14), sixteen = add_years(history.birth, 16);
    int days = 0;
    bool after_sixteen = false;
    for (const PeriodOfCare& period : history.periods) {
        for (const Episode& episode : period.episodes) {
            if (episode.end_reason == "E2" || episode.end_reason == "E3" || episode.end >= birthday)
                return false;
            if (episode.end < year.start - 365) continue;
            days += std::max(0, episode.end - std::max(episode.start, fourteen));
            after_sixteen |= episode.end > sixteen;
        }
    }
    return days > 13 * 7 + 3 && after_sixteen;
}

void add_care_leaver(Random& random, Rows& rows, const CareHistory& history, const CollectionYear& year) {
    if (history.respite) return;
    constexpr Weighted<std::string_view> touch[] = {
        {"YES", 88}, {"NO", 5}, {"REFU", 3}, {"NREQ", 3}, {"RHOM", 1}};
    constexpr std::string_view activities[] = {"F1", "P1", "F2", "F2", "P2", "F4",
                                               "F5", "P5", "G4", "G5", "G6"};
    // The last two are foyers, which those still under 18 when the year began may not live in.
    constexpr std::string_view homes[] = {"B1", "C1", "D1", "E1", "G1", "H1", "K1", "R1",
                                          "S2", "U1", "V1", "B2", "C2", "T1", "T2"};
    for (int age = 17; age <= 19; ++age) {
        const Day birthday = add_years(history.birth, age);
        if (!year.contains(birthday) || !is_care_leaver(history, year, birthday)) continue;
        Record& record = add(rows, Table::oc3, history);
        record[oc3::in_touch] = pick(random, touch);
        const bool known = record[oc3::in_touch] == "YES";
        record[oc3::activity] = known ? Cell(random.pick(activities)) : Cell("0");
        record[oc3::accommodation] =
            known ? Cell(homes[random.below(std::size(homes) - (age < 19 ? 2 : 0))]) : Cell("0");
        return;
    }
}

void add_adoption(Rows& rows, const CareHistory& history, const CollectionYear& year) {
    if (!history.adoption) return;
    const Adoption& adoption = *history.adoption;
    const PeriodOfCare& period = history.periods.back();
    if (adoption.decided > year.end || adoption.reversed < year.start || period.end < year.start) return;
    Record& decision = add(rows, Table::placed_for_adoption, history);
    decision[placed::date_placed] = Cell::date(adoption.decided);
    if (adoption.reversed <= year.end) {
        decision[placed::date_ceased] = Cell::date(adoption.reversed);
        decision[placed::reason_ceased] = adoption.reversal;
    }
    if (period.end > year.end) return;
    Record& record = add(rows, Table::ad1, history);
    record[ad1::date_int] = Cell::date(adoption.decided);
    record[ad1::date_match] = Cell::date(adoption.matched);
    record[ad1::foster_care] = adoption.foster_carer ? "1" : "0";
    record[ad1::adopters] = adoption.adopters;
    record[ad1::sex_adopters] = adoption.sexes;
    record[ad1::ls_adopters] = adoption.legal_status;
}

void add_spells(Rows& rows, const CareHistory& history, const CollectionYear& year) {
    for (const Spell& spell : history.missing) {
        if (!year.contains(spell.start)) continue;
        Record& record = add(rows, Table::missing, history);
        record[missing::kind] = spell.kind;
        record[missing::start] = Cell::date(spell.start);
        record[missing::end] = Cell::date(spell.end);
    }
    for (const Spell& spell : history.deprived_of_liberty) {
        if (!year.contains(spell.start)) continue;
        Record& record = add(rows, Table::dolo, history);
        record[dolo::start] = Cell::date(spell.start);
        record[dolo::end] = Cell::date(spell.end);
    }
    for (const WorkerSpell& spell : history.workers) {
        if (!in_year(spell.start, spell.end, year)) continue;
        Record& record = add(rows, Table::sw_episodes, history);
        record[worker::id] = spell.worker;
        record[worker::decom] = Cell::date(spell.start);
        if (spell.end <= year.end) record[worker::dec] = Cell::date(spell.end);
        record[worker::reason] = spell.reason;
    }
}

}  // namespace

void fill_rows(Random& random, const CareHistory& history, const CollectionYear& year, Rows& rows) {
    const bool cared_for = in_care_during(history, year);
    add_care_leaver(random, rows, history, year);
    if (!cared_for && rows[Table::oc3].empty()) return;
    add_header(rows, history, year);
    if (!cared_for) return;
    add_periods(rows, history, year);
    add_reviews(random, rows, history, year);
    add_outcomes(random, rows, history, year);
    add_adoption(rows, history, year);
    add_spells(rows, history, year);
}

}  // namespace caseaudit::generate
