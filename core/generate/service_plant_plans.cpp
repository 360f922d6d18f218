// Errors of plans, permanence, education and health.
#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

using P = Planting;

bool lasted(P& p, const Care& care, int days) {
    return p.last_day(care) - care.start > days;
}

bool plan_cell(P& p, std::string_view rule, std::string_view kind, std::size_t column, Value value) {
    const std::size_t row = p.any(Table::plans, [&](std::size_t each) {
        return p.at(Table::plans, each, plans::kind) == kind &&
               p.at(Table::plans, each, plans::completed).day() < p.year.as_at - 2;
    });
    if (row == no_row) return false;
    p.at(Table::plans, row, column) = value;
    return p.report(rule, Table::plans, row);
}

bool lacks(P& p, std::string_view rule, std::string_view kind, int days) {
    const Care* care = p.period([&](const Care& each) {
        return lasted(p, each, days) && p.plan(each, kind) != no_row && p.child.age(each.start) >= 3;
    });
    if (!care) return false;
    p.remove_plans(*care, kind);
    return p.report_period(rule, *care);
}

bool care_plan_late(P& p) {
    const Care* care =
        p.period([&](const Care& each) { return lasted(p, each, 40) && p.plan(each, "care") != no_row; });
    if (!care) return false;
    const std::size_t row = p.plan(*care, "care");
    p.at(Table::plans, row, plans::completed) = Value::date(care->start + 30);
    p.at(Table::plans, row, plans::shared) = Value::date(care->start + 32);
    Value& updated = p.at(Table::plans, row, plans::updated);
    if (updated.is_day() && updated.day() < care->start + 30) updated = Value::date(care->start + 30);
    return p.report_period("care-plan-late", *care);
}

bool care_plan_not_updated(P& p) {
    const auto held = p.held([&](const Held& each) {
        return !each.next && p.open(*each.care) && p.past(each.meeting->date + 30) &&
               p.plan(*each.care, "care") != no_row;
    });
    if (!held) return false;
    p.at(Table::plans, p.plan(*held->care, "care"), plans::updated) = Value::date(held->meeting->date - 5);
    return p.report("care-plan-not-updated", Table::reviews, held->row);
}

bool without_views(P& p) {
    const std::size_t row = p.any(Table::plans, [&](std::size_t each) {
        return p.at(Table::plans, each, plans::kind) == "care" &&
               p.child.age(p.at(Table::plans, each, plans::completed).day()) >= 4;
    });
    if (row == no_row) return false;
    p.at(Table::plans, row, plans::views) = "N";
    return p.report("plan-without-childs-views", Table::plans, row);
}

bool placement_plan_late(P& p) {
    const Care* care = p.period([&](const Care& each) { return lasted(p, each, 20); });
    if (!care) return false;
    const Stay& stay = care->stays.back();
    const Day last = p.last_day(*care);
    const std::size_t row = p.any(Table::plans, [&](std::size_t each) {
        return p.at(Table::plans, each, plans::placement)
            .same(Value::id("PM", p.child.number + 1, stay.number));
    });
    if (row == no_row || last < stay.start + 20) return false;
    p.at(Table::plans, row, plans::completed) = Value::date(stay.start + 14);
    p.at(Table::plans, row, plans::shared) = Value::date(stay.start + 15);
    for (std::size_t each = 0; each < p.count(Table::placements); ++each)
        if (p.at(Table::placements, each, placements::start).day() == stay.start)
            return p.report("placement-plan-late", Table::placements, each);
    return false;
}

bool permanence_not_agreed(P& p) {
    const auto held =
        p.held([](const Held& each) { return each.meeting->in_period == 2 && each.care->number == 1; });
    if (!held) return false;
    p.remove_plans(*held->care, "permanence");
    for (std::size_t row = 0; row < p.count(Table::permanence_meetings); ++row)
        if (p.within(p.at(Table::permanence_meetings, row, meetings::date), *held->care))
            p.at(Table::permanence_meetings, row, meetings::agreed) = {};
    return p.report("permanence-plan-not-agreed", Table::reviews, held->row);
}

bool no_permanency_meeting(P& p) {
    const Care* care = p.period([&](const Care& each) { return lasted(p, each, 130); });
    if (!care) return false;
    p.remove_where(Table::permanence_meetings, [&](std::size_t row) {
        return p.within(p.at(Table::permanence_meetings, row, meetings::date), *care);
    });
    return p.report_period("permanency-planning-meeting-missing", *care);
}

bool education_out_of_date(P& p) {
    const Care& care = p.child.care.back();
    const std::size_t row = p.plan(care, "personal_education");
    if (ended(care) || row == no_row ||
        p.past(p.at(Table::plans, row, plans::completed).day() + 190) == false)
        return false;
    p.at(Table::plans, row, plans::updated) = {};
    return p.report_period("personal-education-plan-out-of-date", care);
}

bool is_check(P& p, std::size_t row, std::string_view type, const Care& care) {
    return p.at(Table::health, row, health::type) == type &&
           p.within(p.at(Table::health, row, health::date), care);
}

bool first_assessment_late(P& p) {
    const Care* care = p.period([&](const Care& each) { return lasted(p, each, 60); });
    if (!care) return false;
    std::size_t first = no_row;
    for (std::size_t row = p.count(Table::health); row-- > 0;)
        if (is_check(p, row, "Health Assessment", *care)) first = row;
    if (first == no_row) return false;
    p.at(Table::health, first, health::date) = Value::date(care->start + 55);
    return p.report_period("first-health-assessment-late", *care);
}

// None in more than a year, but for the first where it is to stay.
bool health_out_of_date(P& p, std::string_view rule, std::string_view type, bool first_stays) {
    const Care& care = p.child.care.back();
    if (ended(care) || !lasted(p, care, 400)) return false;
    const Day recent = p.year.as_at - 372;
    bool earlier = !first_stays;
    for (std::size_t row = 0; row < p.count(Table::health); ++row)
        earlier = earlier ||
                  (is_check(p, row, type, care) && p.at(Table::health, row, health::date).day() < recent);
    if (!earlier) return false;
    p.remove_where(Table::health, [&](std::size_t row) {
        return is_check(p, row, type, care) && p.at(Table::health, row, health::date).day() >= recent;
    });
    return p.report_period(rule, care);
}

bool pathway_late(P& p) {
    const Care* care = p.period([&](const Care& each) {
        const Day from = std::max(p.child.birthday(16), each.start + 91);
        const Day due = calendar::add_months(from, 3);
        return each.start <= due && due < p.last_day(each);
    });
    if (!care) return false;
    p.remove_where(Table::plans,
                   [&](std::size_t row) { return p.at(Table::plans, row, plans::kind) == "pathway"; });
    return p.report_period("pathway-plan-late", *care);
}

void leaver_reviewed(P& p, Value day) {
    for (std::size_t row = 0; row < p.count(Table::care_leavers); ++row)
        p.at(Table::care_leavers, row, leavers::plan_review) = day;
}

bool pathway_review_overdue(P& p) {
    const Care& care = p.child.care.back();
    const std::size_t row = p.plan(care, "pathway");
    if (ended(care) || row == no_row) return false;
    const Value completed = p.at(Table::plans, row, plans::completed);
    if (!p.past(completed.day() + 190)) return false;
    p.at(Table::plans, row, plans::updated) = {};
    leaver_reviewed(p, completed);
    return p.report_period("pathway-plan-review-overdue", care);
}

bool leaver_review_overdue(P& p) {
    if (!ended(p.child.care.back()) || p.count(Table::care_leavers) == 0) return false;
    leaver_reviewed(p, Value::date(p.year.as_at - 200));
    return p.report("care-leaver-pathway-plan-review-overdue", Table::care_leavers, 0);
}

bool dates_out_of_order(P& p) {
    const std::size_t row = p.any(
        Table::plans, [&](std::size_t each) { return p.at(Table::plans, each, plans::updated).is_day(); });
    if (row == no_row) return false;
    p.at(Table::plans, row, plans::updated) =
        Value::date(p.at(Table::plans, row, plans::completed).day() - 10);
    return p.report("plan-dates-out-of-order", Table::plans, row);
}

constexpr Planter rare[] = {
    [](P& p) { return plan_cell(p, "pathway-plan-not-shared", "pathway", plans::shared, {}); },
    education_out_of_date,
    [](P& p) { return health_out_of_date(p, "health-assessment-out-of-date", "Health Assessment", true); },
    [](P& p) { return health_out_of_date(p, "dental-check-out-of-date", "Dental Check", false); },
    pathway_late,
    pathway_review_overdue,
    leaver_review_overdue,
};
constexpr Planter common[] = {
    [](P& p) { return plan_cell(p, "care-plan-not-shared", "care", plans::shared, {}); },
    care_plan_late,
    care_plan_not_updated,
    without_views,
    [](P& p) { return plan_cell(p, "plan-not-implemented", "care", plans::implemented, "N"); },
    [](P& p) { return plan_cell(p, "plan-graded-inadequate", "care", plans::grade, "inadequate"); },
    [](P& p) { return plan_cell(p, "safe-care-plan-not-shared", "safe_care", plans::shared, {}); },
    [](P& p) { return lacks(p, "safe-care-plan-missing", "safe_care", 40); },
    placement_plan_late,
    [](P& p) {
        return plan_cell(p, "placement-plan-without-placement", "placement", plans::placement, "PM-none");
    },
    permanence_not_agreed,
    no_permanency_meeting,
    [](P& p) { return lacks(p, "personal-education-plan-late", "personal_education", 60); },
    first_assessment_late,
    dates_out_of_order,
    [](P& p) { return plan_cell(p, "plan-completion-date-missing", "life_story", plans::completed, {}); },
};

}  // namespace

Planters plan_planters() {
    return {rare, common};
}

}  // namespace caseaudit::generate::service
