// Errors of placements, legal status and permanence.
#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

using P = Planting;

// The period that goes on at the as-at date and has lasted so many days, or null.
const Care* open_care(P& p, int days) {
    const Care& care = p.child.care.back();
    return !ended(care) && p.year.as_at - care.start > days ? &care : nullptr;
}

// Row of the placement that goes on, or no_row.
std::size_t current_placement(P& p) {
    for (std::size_t row = p.count(Table::placements); row-- > 0;)
        if (p.at(Table::placements, row, placements::end).blank()) return row;
    return no_row;
}

Day placement_start(P& p, std::size_t row) {
    return p.at(Table::placements, row, placements::start).day();
}

// The child moves on the day out of the placement that goes on. The row of the new one.
std::size_t move(P& p, std::size_t row, Day day, std::uint32_t part) {
    const std::size_t moved = p.rows.copy(Table::placements, row);
    p.at(Table::placements, row, placements::end) = Value::date(day);
    p.at(Table::placements, row, placements::change_reason) = "CARPL";
    p.at(Table::placements, moved, placements::id) = Value::id("PM", p.child.number + 1, part);
    p.at(Table::placements, moved, placements::start) = Value::date(day);
    p.at(Table::placements, moved, placements::type) = "U6";
    return moved;
}

bool many_placements(P& p) {
    const Care* care = open_care(p, 60);
    std::size_t row = care ? current_placement(p) : no_row;
    if (row == no_row || placement_start(p, row) > p.year.as_at - 50) return false;
    row = move(p, row, p.year.as_at - 40, 9201);
    row = move(p, row, p.year.as_at - 20, 9202);
    return p.report("three-or-more-placements", Table::placements, row);
}

bool not_stable(P& p) {
    const Care* care = open_care(p, 925);
    const std::size_t row = care ? current_placement(p) : no_row;
    if (row == no_row || p.child.age(p.year.as_at) >= 16) return false;
    move(p, row, p.year.as_at - 200, 9203);
    return p.report_period("placement-not-stable", *care);
}

bool current_cell(P& p, std::string_view rule, std::size_t column, Value value) {
    const std::size_t row = open_care(p, 3) ? current_placement(p) : no_row;
    if (row == no_row) return false;
    p.at(Table::placements, row, column) = value;
    return p.report(rule, Table::placements, row);
}

bool no_current_placement(P& p) {
    const Care* care = open_care(p, 20);
    const std::size_t row = care ? current_placement(p) : no_row;
    if (row == no_row || placement_start(p, row) > p.year.as_at - 6) return false;
    p.at(Table::placements, row, placements::end) = Value::date(p.year.as_at - 5);
    return p.report_period("no-current-placement", *care);
}

bool overlap(P& p) {
    const Care* care = p.period(
        [&](const Care& each) { return each.stays.size() > 1 && p.past(each.stays.back().start + 9); });
    if (!care) return false;
    const Stay& stay = care->stays.back();
    for (std::size_t row = 1; row < p.count(Table::placements); ++row) {
        if (placement_start(p, row) != stay.start) continue;
        p.at(Table::placements, row - 1, placements::end) = Value::date(stay.start + 8);
        return p.report("placements-overlap", Table::placements, row);
    }
    return false;
}

bool ends_before_start(P& p) {
    const std::size_t row = p.any(Table::placements, [&](std::size_t each) {
        return p.at(Table::placements, each, placements::end).is_day();
    });
    if (row == no_row) return false;
    p.at(Table::placements, row, placements::end) = Value::date(placement_start(p, row) - 4);
    return p.report("placement-ends-before-start", Table::placements, row);
}

// Section 20 from the start of the period on.
void accommodated(P& p, const Care& care) {
    bool first = true;
    p.remove_where(Table::legal_status, [&](std::size_t row) {
        return p.within(p.at(Table::legal_status, row, legal::start), care) &&
               p.at(Table::legal_status, row, legal::start).day() != care.start;
    });
    for (std::size_t row = 0; row < p.count(Table::legal_status); ++row) {
        if (p.at(Table::legal_status, row, legal::start).day() != care.start || !first) continue;
        p.at(Table::legal_status, row, legal::status) = "V2";
        p.at(Table::legal_status, row, legal::end) = {};
        first = false;
    }
}

bool drift(P& p) {
    const Care* care = open_care(p, 190);
    if (!care) return false;
    accommodated(p, *care);
    p.remove_plans(*care, "permanence");
    for (std::size_t row = 0; row < p.count(Table::permanence_meetings); ++row)
        if (p.within(p.at(Table::permanence_meetings, row, meetings::date), *care))
            p.at(Table::permanence_meetings, row, meetings::agreed) = {};
    return p.report_period("section-20-drift", *care);
}

bool long_accommodation(P& p) {
    const Care* care = open_care(p, 370);
    if (!care) return false;
    accommodated(p, *care);
    return p.report_period("section-20-long", *care);
}

bool with_parents(P& p) {
    const Care* care = open_care(p, 3);
    if (!care || care->legal.back().status != "C2") return false;
    return current_cell(p, "placed-with-parents-on-care-order", placements::type, "P1");
}

bool no_legal_status(P& p) {
    const Care* care = open_care(p, 20);
    if (!care) return false;
    for (std::size_t row = 0; row < p.count(Table::legal_status); ++row) {
        const Value& start = p.at(Table::legal_status, row, legal::start);
        Value& end = p.at(Table::legal_status, row, legal::end);
        if (end.blank()) end = Value::date(std::max(start.day(), p.year.as_at - 5));
    }
    return p.report_period("no-current-legal-status", *care);
}

void without_adviser(P& p) {
    for (std::size_t row = 0; row < p.count(Table::care_leavers); ++row)
        p.at(Table::care_leavers, row, leavers::adviser) = {};
}

bool no_adviser(P& p) {
    const Care* care = open_care(p, 3);
    if (!care || calendar::add_months(p.child.birthday(18), -3) > p.year.as_at) return false;
    without_adviser(p);
    return p.report_period("personal-adviser-missing", *care);
}

bool leaver_without_adviser(P& p) {
    if (!ended(p.child.care.back()) || p.count(Table::care_leavers) == 0) return false;
    without_adviser(p);
    return p.report("care-leaver-without-personal-adviser", Table::care_leavers, 0);
}

bool no_life_story(P& p) {
    const Care* care = open_care(p, 370);
    if (!care) return false;
    p.remove_where(Table::plans,
                   [&](std::size_t row) { return p.at(Table::plans, row, plans::kind) == "life_story"; });
    return p.report_period("life-story-work-missing", *care);
}

constexpr Planter rare[] = {
    not_stable, overlap, long_accommodation, no_adviser, leaver_without_adviser, no_life_story,
};
constexpr Planter common[] = {
    many_placements,
    [](P& p) {
        return current_cell(p, "placed-far-from-home", placements::distance, Value::hundredths(4310));
    },
    no_current_placement,
    ends_before_start,
    drift,
    with_parents,
    no_legal_status,
};

}  // namespace

Planters placement_planters() {
    return {rare, common};
}

}  // namespace caseaudit::generate::service
