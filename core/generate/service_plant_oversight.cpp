// Errors of the IRO's oversight, of visits and of case work.
#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

using P = Planting;

bool lasted(P& p, const Care& care, int days) {
    return p.last_day(care) - care.start > days;
}

bool is_contact(P& p, std::size_t row) {
    const Value& kind = p.at(Table::oversight, row, oversight::kind);
    return kind == "visit" || kind == "contact";
}

Day oversight_day(P& p, std::size_t row) {
    return p.at(Table::oversight, row, oversight::date).day();
}

bool no_midway(P& p) {
    const auto held = p.held([](const Held& each) { return each.next != nullptr; });
    if (!held) return false;
    p.remove_where(Table::oversight, [&](std::size_t row) {
        return p.at(Table::oversight, row, oversight::kind) == "midway_review" &&
               held->meeting->date < oversight_day(p, row) && oversight_day(p, row) < held->next->date;
    });
    return p.report("midway-review-missing", Table::reviews, held->row);
}

bool no_contact(P& p) {
    const auto held = p.held([](const Held& each) { return each.next != nullptr; });
    if (!held) return false;
    p.remove_where(Table::oversight, [&](std::size_t row) {
        return is_contact(p, row) && held->meeting->date < oversight_day(p, row) &&
               oversight_day(p, row) < held->next->date;
    });
    for (std::size_t row = 0; row < p.count(Table::episodes); ++row)
        p.at(Table::episodes, row, episodes::contact) = {};
    return p.report("no-iro-contact-between-reviews", Table::reviews, held->row);
}

bool not_seen_before(P& p) {
    const auto held = p.held([](const Held&) { return true; });
    if (!held) return false;
    p.remove_where(Table::oversight, [&](std::size_t row) {
        return is_contact(p, row) && held->meeting->date - 42 <= oversight_day(p, row) &&
               oversight_day(p, row) <= held->meeting->date;
    });
    return p.report("child-not-seen-before-review", Table::reviews, held->row);
}

Day activity_day(P& p, std::size_t row) {
    return p.at(Table::activity, row, activity::date).day();
}

bool no_activity(P& p) {
    const Care& care = p.child.care.back();
    if (ended(care) || !lasted(p, care, 60)) return false;
    p.remove_where(Table::activity,
                   [&](std::size_t row) { return activity_day(p, row) >= p.year.as_at - 50; });
    return p.report_period("no-case-activity", care);
}

bool activity_gap(P& p) {
    const Care* care = p.period([&](const Care& each) { return lasted(p, each, 130); });
    if (!care) return false;
    const std::size_t from = p.any(Table::activity, [&](std::size_t row) {
        const Day day = activity_day(p, row);
        return care->start <= day && day + 80 < p.last_day(*care);
    });
    if (from == no_row) return false;
    const Day day = activity_day(p, from);
    p.remove_where(Table::activity, [&](std::size_t row) {
        return day < activity_day(p, row) && activity_day(p, row) <= day + 46;
    });
    return p.report("case-activity-gap", Table::activity, from);
}

// A significant event of a month ago or more, there or made now.
std::size_t event(P& p) {
    const Care& care = p.child.care.back();
    if (!lasted(p, care, 40)) return no_row;
    const Day day = p.random.between(care.start + 5, p.last_day(care) - 30);
    return p.rows.add(Table::significant_events, {Value::id("P", p.child.number + 1), Value::date(day),
                                                  "serious incident", Value::date(day)});
}

bool event_day(P& p, std::string_view rule, int days) {
    const std::size_t row = event(p);
    if (row == no_row) return false;
    const Day day = p.at(Table::significant_events, row, events::date).day();
    p.at(Table::significant_events, row, events::notified) = Value::date(day + days);
    return p.report(rule, Table::significant_events, row);
}

Day visit_day(P& p, std::size_t row) {
    return p.at(Table::visits, row, visits::date).day();
}

bool visit_after_placement_late(P& p) {
    const Care* care =
        p.period([&](const Care& each) { return p.last_day(each) - each.stays.back().start > 20; });
    if (!care) return false;
    const Stay& stay = care->stays.back();
    p.remove_where(Table::visits, [&](std::size_t row) {
        return stay.start <= visit_day(p, row) && visit_day(p, row) <= stay.start + 8;
    });
    for (std::size_t row = 0; row < p.count(Table::placements); ++row)
        if (p.at(Table::placements, row, placements::start).day() == stay.start)
            return p.report("visit-after-placement-late", Table::placements, row);
    return false;
}

bool visit_late(P& p) {
    const Care* care = p.period([&](const Care& each) { return lasted(p, each, 150); });
    if (!care) return false;
    for (const Stay& stay : care->stays)
        if (stay.type == "U1" || stay.type == "U4") return false;  // fewer visits there
    const std::size_t from = p.any(Table::visits, [&](std::size_t row) {
        return care->start <= visit_day(p, row) && row + 2 < p.count(Table::visits) &&
               visit_day(p, row + 2) <= p.last_day(*care) && visit_day(p, row + 2) - visit_day(p, row) > 44;
    });
    if (from == no_row) return false;
    p.rows.remove(Table::visits, from + 1);
    return p.report("visit-late", Table::visits, from);
}

bool visit_cell(P& p, std::string_view rule, std::size_t column, Value value, int from_age) {
    const std::size_t row =
        p.any(Table::visits, [&](std::size_t each) { return p.child.age(visit_day(p, each)) >= from_age; });
    if (row == no_row) return false;
    p.at(Table::visits, row, column) = value;
    return p.report(rule, Table::visits, row);
}

// An assessment begun a good while ago, of which nothing more is heard.
bool assessment(P& p, std::string_view rule, std::string_view begun, int days) {
    const Care& care = p.child.care.back();
    const Day until = std::min(p.last_day(care), p.year.as_at - days);
    if (until <= care.start + 5) return false;
    const std::size_t row = p.rows.add(
        Table::activity,
        {Value::id("P", p.child.number + 1), Value::date(p.random.between(care.start + 2, until)), begun});
    return p.report(rule, Table::activity, row);
}

constexpr Planter common[] = {
    no_midway,
    no_contact,
    not_seen_before,
    no_activity,
    activity_gap,
    [](P& p) { return event_day(p, "significant-event-not-notified", 14); },
    [](P& p) { return event_day(p, "iro-notified-before-event", -2); },
    visit_after_placement_late,
    visit_late,
    [](P& p) { return visit_cell(p, "child-not-seen", visits::seen, "N", 0); },
    [](P& p) { return visit_cell(p, "child-not-seen-alone", visits::alone, "N", 4); },
    [](P& p) {
        return assessment(p, "special-guardianship-assessment-delayed",
                          "special guardianship assessment started", 100);
    },
    [](P& p) { return assessment(p, "age-assessment-delayed", "age assessment started", 40); },
};

}  // namespace

Planters oversight_planters() {
    return {{}, common};
}

}  // namespace caseaudit::generate::service
