// Errors of when reviews are held, and of how the service learns that a child came into care.
#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

using P = Planting;
constexpr int late_first = 45;  // days; twenty working days are over by then

// Row of the review held first in the period, or no_row.
std::size_t first_review(P& p, const Care& care) {
    const auto held =
        p.held([&](const Held& each) { return each.care == &care && each.meeting->in_period == 1; });
    return held ? held->row : no_row;
}

const Care* period_of_days(P& p, int days) {
    return p.period([&](const Care& care) { return p.last_day(care) - care.start >= days; });
}

std::size_t notification(P& p, const Care& care) {
    for (std::size_t row = 0; row < p.count(Table::notifications); ++row)
        if (p.at(Table::notifications, row, notifications::came).day() == care.start) return row;
    return no_row;
}

bool first_late(P& p) {
    const Care* care = period_of_days(p, late_first + 5);
    const std::size_t row = care ? first_review(p, *care) : no_row;
    if (row == no_row) return false;
    p.at(Table::reviews, row, reviews::date) = Value::date(care->start + late_first);
    return p.report_period("first-review-late", *care);
}

// The review after one is held so many days after it.
bool next_late(P& p, std::string_view rule, bool second, int days) {
    const auto held = p.held([&](const Held& each) {
        return (each.meeting->in_period == 1) == second && each.next &&
               each.meeting->date + days < p.last_day(*each.care);
    });
    if (!held) return false;
    for (std::size_t row = 0; row < p.count(Table::reviews); ++row) {
        Value& date = p.at(Table::reviews, row, reviews::date);
        if (date.day() == held->next->date) date = Value::date(held->meeting->date + days);
    }
    return p.report(rule, Table::reviews, held->row);
}

// A change of date of a review, there or made now.
std::size_t change(P& p) {
    if (p.count(Table::changes) > 0)
        return p.random.below(static_cast<std::uint32_t>(p.count(Table::changes)));
    const auto held = p.held([](const Held& each) { return each.meeting->in_period > 1; });
    if (!held) return no_row;
    return p.rows.add(Table::changes,
                      {p.at(Table::reviews, held->row, reviews::id), Value::date(held->meeting->date - 7),
                       Value::date(held->meeting->date), "Y", "Y", "Y"});
}

bool change_error(P& p, std::string_view rule, std::size_t column, Value value) {
    const std::size_t row = change(p);
    if (row == no_row) return false;
    p.at(Table::changes, row, column) = value;
    return p.report(rule, Table::changes, row);
}

bool moved_beyond_due(P& p) {
    const std::size_t row = change(p);
    if (row == no_row) return false;
    const Value review = p.at(Table::changes, row, changes::review);
    for (std::size_t each = 0; each < p.count(Table::reviews); ++each)
        if (p.at(Table::reviews, each, reviews::id).same(review))
            p.at(Table::changes, row, changes::changed) =
                Value::date(p.at(Table::reviews, each, reviews::due).day() + 9);
    return p.report("review-moved-beyond-due-date", Table::changes, row);
}

bool not_held_again(P& p) {
    const auto held = p.held([&](const Held& each) {
        return !each.next && each.care == &p.child.care.back() &&
               each.meeting->date + 45 < p.last_day(*each.care);
    });
    if (!held) return false;
    p.at(Table::reviews, held->row, reviews::cancelled) = "Y";
    return p.report("review-cancelled-not-held-again", Table::reviews, held->row);
}

bool recorded_twice(P& p) {
    const auto held = p.held([](const Held&) { return true; });
    if (!held) return false;
    const std::size_t row = p.rows.copy(Table::reviews, held->row);
    p.at(Table::reviews, row, reviews::id) = Value::id("R", p.child.number + 1, 9001);
    Value& due = p.at(Table::reviews, row, reviews::due);
    due = Value::date(due.day() + 1);
    return p.report("review-recorded-twice", Table::reviews, row);
}

bool no_date(P& p) {
    const auto held = p.held([&](const Held& each) {
        return each.meeting->due < p.year.as_at && each.meeting->due < each.care->end;
    });
    if (!held) return false;
    p.at(Table::reviews, held->row, reviews::date) = {};
    return p.report("review-date-missing", Table::reviews, held->row);
}

bool outside_care(P& p) {
    const std::size_t row = first_review(p, p.child.care.front());
    if (row == no_row) return false;
    p.at(Table::reviews, row, reviews::date) = Value::date(p.child.care.front().start - 10);
    return p.report("review-outside-care", Table::reviews, row);
}

// A notification that is so many days late in one respect; the day must have come, and the child be in care.
bool notified(P& p, std::string_view rule, std::size_t column, int days, bool with_allocation) {
    const Care* care = period_of_days(p, days + 2);
    const std::size_t row = care ? notification(p, *care) : no_row;
    if (row == no_row) return false;
    p.at(Table::notifications, row, column) = Value::date(care->start + days);
    if (with_allocation)
        p.at(Table::notifications, row, notifications::allocated) = Value::date(care->start + days);
    return p.report(rule, Table::notifications, row);
}

bool notification_cell(P& p, std::string_view rule, std::size_t column, Value value) {
    const std::size_t row = p.any(Table::notifications, [](std::size_t) { return true; });
    p.at(Table::notifications, row, column) = value;
    return p.report(rule, Table::notifications, row);
}

bool not_notified(P& p) {
    const Care* care = period_of_days(p, 20);
    const std::size_t row = care ? notification(p, *care) : no_row;
    if (row == no_row || care->start < calendar::day_number(2011, 4, 1)) return false;
    p.rows.remove(Table::notifications, row);
    return p.report_period("entry-to-care-not-notified", *care);
}

bool first_review_at_risk(P& p) {
    const Care* care = period_of_days(p, late_first + 5);
    const std::size_t review = care ? first_review(p, *care) : no_row;
    const std::size_t row = care ? notification(p, *care) : no_row;
    if (row == no_row || review == no_row) return false;
    p.at(Table::reviews, review, reviews::date) = Value::date(care->start + late_first);
    p.at(Table::notifications, row, notifications::notified) = Value::date(care->start + 14);
    p.at(Table::notifications, row, notifications::allocated) = Value::date(care->start + 14);
    p.report("late-notification", Table::notifications, row);
    return p.report("first-review-at-risk-from-late-notification", Table::notifications, row);
}

constexpr Planter rare[] = {
    [](P& p) { return next_late(p, "later-review-late", false, 205); },
};
constexpr Planter common[] = {
    first_late,
    [](P& p) { return next_late(p, "second-review-late", true, 112); },
    [](P& p) { return change_error(p, "review-date-changed-without-childs-views", changes::child, "N"); },
    [](P& p) { return change_error(p, "review-date-changed-without-agreement", changes::area, "N"); },
    [](P& p) { return change_error(p, "review-change-not-fully-recorded", changes::original, {}); },
    moved_beyond_due,
    not_held_again,
    recorded_twice,
    outside_care,
    no_date,
    [](P& p) { return notified(p, "late-notification", notifications::notified, 14, true); },
    not_notified,
    [](P& p) { return notified(p, "iro-appointed-late", notifications::allocated, 15, false); },
    [](P& p) { return notified(p, "iro-allocated-late", notifications::allocated, 5, false); },
    first_review_at_risk,
    [](P& p) {
        const Value& came = p.at(Table::notifications, 0, notifications::came);
        p.at(Table::notifications, 0, notifications::allocated) = Value::date(came.day() - 2);
        return p.report("iro-allocated-before-notification", Table::notifications, 0);
    },
    [](P& p) { return notification_cell(p, "iro-allocation-incomplete", notifications::iro, {}); },
    [](P& p) { return notification_cell(p, "iro-unknown", notifications::iro, "IRO-none"); },
    [](P& p) {
        Value& came = p.at(Table::notifications, 0, notifications::came);
        came = Value::date(came.day() - 1);
        return p.report("notified-entry-is-no-start-of-care", Table::notifications, 0);
    },
};

}  // namespace

Planters clock_planters() {
    return {rare, common};
}

}  // namespace caseaudit::generate::service
