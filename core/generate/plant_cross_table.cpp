// Errors that show only when a child's tables are held against each other, against a clock, or against
// last year's return.
#include <algorithm>

#include "generate/planting.h"

namespace caseaudit::generate {
namespace {

using calendar::add_months;
using calendar::add_years;

struct TableRule {
    Table table;
    std::string_view rule;
};

constexpr TableRule not_in_header[] = {
    {Table::ad1, "INT01"},
    {Table::placed_for_adoption, "INT02"},
    {Table::episodes, "INT03"},
    {Table::missing, "INT04"},
    {Table::oc2, "INT05"},
    {Table::oc3, "INT06"},
    {Table::previous_permanence, "INT07"},
    {Table::reviews, "INT08"},
    {Table::uasc, "INT09"},
};
constexpr TableRule birth_differs[] = {
    {Table::ad1, "INT11"},     {Table::placed_for_adoption, "INT12"},
    {Table::missing, "INT13"}, {Table::oc2, "INT14"},
    {Table::oc3, "INT15"},     {Table::previous_permanence, "INT16"},
    {Table::reviews, "INT17"}, {Table::uasc, "INT18"},
};

bool header_forgotten(Planting& planting) {
    if (planting.current[Table::reviews].empty()) return false;
    planting.current[Table::header].clear();
    for (const TableRule& entry : not_in_header) {
        for (std::size_t row = 0; row < planting.current[entry.table].size(); ++row) {
            planting.report(entry.rule, entry.table, row);
            if (entry.table == Table::reviews)
                planting.report_ten("review-without-header", Table::reviews, row);
        }
    }
    return true;
}

bool other_birth(Planting& planting) {
    const std::size_t count = std::size(birth_differs);
    const std::size_t from = planting.random.below(count);
    for (std::size_t i = 0; i < count; ++i) {
        const TableRule& entry = birth_differs[(from + i) % count];
        std::vector<Record>& rows = planting.current[entry.table];
        if (rows.empty()) continue;
        const std::size_t row = planting.random.below(static_cast<std::uint32_t>(rows.size()));
        Cell& birth = rows[row][shape(entry.table).birth];
        birth = Cell::date(birth.day() + planting.random.between(1, 28));
        planting.report(entry.rule, entry.table, row);
        planting.report_ten("birth-differs", entry.table, row);
        return true;
    }
    return false;
}

// A later review, moved past its due date. The first and second are left alone: their clocks are shorter.
bool late_review(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::reviews];
    if (rows.size() < 2) return false;
    const std::size_t row = rows.size() - 1;
    const Day before = rows[row - 1][reviews::date].day();
    const Day late = add_months(before, 6) + planting.random.between(1, 25);
    if (late > planting.collection.current.end) return false;
    for (const Record& episode : planting.current[Table::episodes])  // not across a new period of care
        if (episode[episodes::rne] == "S" && episode[episodes::decom].day() > before) return false;
    rows[row][reviews::date] = Cell::date(late);
    planting.report_both("late-review", Table::reviews, row);
    return true;
}

bool late_first_review(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::reviews];
    const std::vector<Record>& care = planting.current[Table::episodes];
    if (rows.empty() || care.empty() || !(care[0][episodes::rne] == "S")) return false;
    const Day entry = care[0][episodes::decom].day(), first = rows[0][reviews::date].day();
    const Day late = entry + planting.random.between(36, 50);  // 20 working days are at most 33 days
    const Day next = rows.size() > 1 ? rows[1][reviews::date].day() : planting.collection.current.end;
    if (!planting.collection.current.contains(entry) || first < entry || late >= next) return false;
    rows[0][reviews::date] = Cell::date(late);
    planting.report_both("late-review", Table::reviews, 0);
    return true;
}

bool review_after_collection(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::reviews];
    if (rows.empty()) return false;
    rows.back()[reviews::date] = Cell::date(planting.collection.current.end + planting.random.between(1, 60));
    planting.report_both("review-after-collection", Table::reviews, rows.size() - 1);
    return true;
}

bool no_participation(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::reviews];
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row][reviews::date].day() < add_years(planting.birth(), 4)) continue;
        rows[row][reviews::code] = Cell();
        planting.report("167", Table::reviews, row);
        planting.report_ten("participation-missing", Table::reviews, row);
        return true;
    }
    return false;
}

bool participation_of_an_infant(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::reviews];
    if (rows.empty()) return false;
    const bool infant = rows[0][reviews::date].day() < add_years(planting.birth(), 4);
    rows[0][reviews::code] = infant ? "PN1" : "PN0";
    planting.report(infant ? "441" : "440", Table::reviews, 0);
    return true;
}

bool adult_asylum_seeker(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::uasc];
    if (rows.empty()) return false;
    rows[0][uasc::dob] =
        Cell::date(add_years(planting.collection.current.start, -18) - planting.random.between(1, 500));
    planting.report("INT18", Table::uasc, 0);
    planting.report_both("asylum-seeker-over-18", Table::uasc, 0);
    planting.report_ten("birth-differs", Table::uasc, 0);
    return true;
}

bool asylum_status_ends_late(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::uasc];
    if (rows.empty()) return false;
    rows[0][uasc::duc] = Cell::date(add_years(planting.birth(), 18) + planting.random.between(2, 90));
    planting.report("304", Table::uasc, 0);
    return true;
}

bool missing_spell_reversed(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::missing];
    if (rows.empty()) return false;
    const std::size_t row = planting.random.below(static_cast<std::uint32_t>(rows.size()));
    std::swap(rows[row][missing::start], rows[row][missing::end]);
    planting.report("567", Table::missing, row);
    planting.report_ten("missing-spell-reversed", Table::missing, row);
    return true;
}

bool missing_after_collection(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::missing];
    if (rows.empty()) return false;
    rows.back()[missing::start] =
        Cell::date(planting.collection.current.end + planting.random.between(1, 20));
    rows.back()[missing::end] = Cell();
    planting.report("570", Table::missing, rows.size() - 1);
    return true;
}

// Last year's header is changed, so that this year's stays right in itself.
bool contradicts_header(Planting& planting, std::string_view rule, int column, Cell one, Cell other) {
    std::vector<Record>& rows = planting.prior[Table::header];
    if (rows.empty()) return false;
    rows[0][column] = rows[0][column] == one.text() ? other : one;
    planting.report(rule, Table::header, 0);
    return true;
}
bool sex_last_year(Planting& planting) {
    return contradicts_header(planting, "202", header::sex, "M", "F");
}
bool ethnicity_last_year(Planting& planting) {
    return contradicts_header(planting, "204", header::ethnic, "WBRI", "BOTH");
}
bool birth_last_year(Planting& planting) {
    return contradicts_header(planting, "203", header::dob, Cell::date(planting.birth() - 31), "01/02/2011");
}

bool matched_before_the_decision(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::ad1];
    if (rows.empty()) return false;
    rows[0][ad1::date_int] = Cell::date(rows[0][ad1::date_match].day() + planting.random.between(1, 9));
    planting.report("333", Table::ad1, 0);
    return true;
}

bool decision_reversed_before_it_was_made(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::placed_for_adoption];
    if (rows.empty() || rows[0][placed::date_ceased].empty()) return false;
    rows[0][placed::date_ceased] =
        Cell::date(rows[0][placed::date_placed].day() - planting.random.between(1, 60));
    planting.report("522", Table::placed_for_adoption, 0);
    return true;
}

bool worker_for_less_than_a_day(Planting& planting) {
    std::vector<Record>& rows = planting.current[Table::sw_episodes];
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row][worker::dec].empty()) continue;
        rows[row][worker::decom] = rows[row][worker::dec];
        planting.report("SW09STG2", Table::sw_episodes, row);
        return true;
    }
    return false;
}

constexpr Planter planters[] = {
    header_forgotten,
    other_birth,
    other_birth,
    late_review,
    late_review,
    late_first_review,
    review_after_collection,
    no_participation,
    participation_of_an_infant,
    adult_asylum_seeker,
    asylum_status_ends_late,
    missing_spell_reversed,
    missing_after_collection,
    sex_last_year,
    ethnicity_last_year,
    birth_last_year,
    matched_before_the_decision,
    decision_reversed_before_it_was_made,
    worker_for_less_than_a_day,
};

}  // namespace

std::span<const Planter> cross_table_planters() {
    return planters;
}

}  // namespace caseaudit::generate
