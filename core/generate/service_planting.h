// Errors put into a child's rows on purpose, and what rule must report which record of them.
#pragma once
#include <span>

#include "generate/service_course.h"

namespace caseaudit::generate::service {

// A record that a rule must report. `row` counts the child's own rows of that table from 0, after planting.
struct Answer {
    std::string_view rule;
    Table table;
    std::size_t row;
};

// A child's rows as they are being spoilt. Not shared between threads.
struct Planting {
    Random& random;
    const Year& year;
    const Child& child;
    Rows& rows;
    std::vector<Answer>& answers;

    void report(std::string_view rule, Table table, std::size_t row) {
        answers.push_back({rule, table, row});
    }
};

// Changes one child's rows and reports what must be found; returns false, with nothing changed, where the
// rows do not allow it.
using Planter = bool (*)(Planting&);

// Plants exactly one error: the first that applies of all planters, from a random one on. True if one did.
bool plant_error(Planting& planting);

}  // namespace caseaudit::generate::service
