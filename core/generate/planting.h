// Errors put into a child's rows on purpose, and what rule must report which record of them.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "generate/care_history.h"
#include "generate/return_record.h"

namespace caseaudit::generate {

// A record that a rule must report. `row` counts the child's own rows of that table from 0, after planting.
struct Answer {
    std::string_view pack, rule;
    Table table;
    std::size_t row;
};

// A child's rows as they are being spoilt. Not shared between threads.
struct Planting {
    Random& random;
    const Collection& collection;
    Rows& current;
    Rows& prior;
    std::vector<Answer>& answers;

    void report(std::string_view rule, Table table, std::size_t row) {
        answers.push_back({"ssda903", rule, table, row});
    }
    // A record to be reported by a rule of the ten of the benchmark; `report_both` where the pack of review
    // checks has a rule of the same name.
    void report_ten(std::string_view rule, Table table, std::size_t row) {
        answers.push_back({"ten", rule, table, row});
    }
    void report_both(std::string_view rule, Table table, std::size_t row) {
        answers.push_back({"ssda903-review-checks", rule, table, row});
        report_ten(rule, table, row);
    }
    Day birth() const { return current[Table::header][0][header::dob].day(); }
};

// Changes one child's rows and reports what must be found; returns false, with nothing changed, where the
// rows do not allow it. The child has a row in Header.
using Planter = bool (*)(Planting&);

std::span<const Planter> episode_planters();
std::span<const Planter> cross_table_planters();
std::span<const Planter> record_planters();

// Plants exactly one error: the first that applies of all planters, from a random one on. True if one did.
bool plant_error(Planting& planting);

}  // namespace caseaudit::generate
