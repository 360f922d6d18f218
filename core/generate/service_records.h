// From what happened to a child to the rows of the tables.
#pragma once
#include "generate/service_course.h"

namespace caseaudit::generate::service {

// One child's rows as they are drawn. Nothing after the as-at date is recorded. Not shared between threads.
struct Draft {
    Random& random;
    const Year& year;
    const Child& child;
    Rows& rows;
    std::uint32_t ids = 0;  // parts given out so far

    Value person() const { return Value::id("P", child.number + 1); }
    Value iro() const { return Value::id("IRO", Year::iro(child.number)); }
    Value care_id(const Care& care) const { return Value::id("CLA", child.number + 1, care.number); }
    Value stay_id(const Stay& stay) const { return Value::id("PM", child.number + 1, stay.number); }
    Value meeting_id(const Meeting& meeting) const {
        return Value::id("R", child.number + 1, meeting.number);
    }
    Value fresh(std::string_view kind) { return Value::id(kind, child.number + 1, ++ids); }
    bool known(Day day) const { return day <= year.as_at; }
    // Blank for a day that has not come.
    Value date(Day day) const { return known(day) ? Value::date(day) : Value(); }
    Day days_after(Day day, int fewest, int most) { return day + random.between(fewest, most); }
};

void add_person(Draft& draft);
void add_care(Draft& draft, const Care& care);  // episodes, placements, legal status, adoption
void add_work(Draft& draft, const Care& care);  // notification, workers, visits, case activity
void add_health(Draft& draft, const Care& care);
void add_reviews(Draft& draft, const Care& care);  // with documents, attendance and changes of date
void add_plans(Draft& draft, const Care& care);    // with permanence meetings
void add_oversight(Draft& draft, const Care& care);
void add_events(Draft& draft, const Care& care);      // missing, significant events, disputes
void add_protection(Draft& draft, const Care& care);  // child protection plan before the entry to care
void add_leaver(Draft& draft, const Care& care);

// All of them.
void fill_rows(Random& random, const Year& year, const Child& child, Rows& rows);

}  // namespace caseaudit::generate::service
