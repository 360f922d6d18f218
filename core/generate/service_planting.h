// Errors put into a child's rows on purpose, and what rule must report which record of them.
#pragma once
#include <optional>
#include <span>

#include "generate/service_course.h"

namespace caseaudit::generate::service {

inline constexpr std::size_t no_row = static_cast<std::size_t>(-1);
inline constexpr std::string_view no_day = "31/02/2025";

// A record that a rule must report. `row` counts the child's own rows of that table from 0, after planting.
struct Answer {
    std::string_view rule;
    Table table;
    std::size_t row;
};

// A review that was held: its row, and the facts that it was drawn from.
struct Held {
    std::size_t row;
    const Care* care;
    const Meeting* meeting;
    const Meeting* next;  // held after it in the period, or null
    int age;              // of the child
};

// A child's rows as they are being spoilt. Not shared between threads.
struct Planting {
    Random& random;
    const Year& year;
    const Child& child;
    Rows& rows;
    std::vector<Answer>& answers;

    bool report(std::string_view rule, Table table, std::size_t row) {
        answers.push_back({rule, table, row});
        return true;
    }
    // By its episodes: the first of them is reported.
    bool report_period(std::string_view rule, const Care& care) {
        return report(rule, Table::episodes, episode(care));
    }
    Value& at(Table table, std::size_t row, std::size_t column) { return rows.at(table, row, column); }
    std::size_t count(Table table) const { return rows.count(table); }
    bool past(Day day) const { return day <= year.as_at; }
    std::size_t episode(const Care& care) const;  // row of the period's first episode

    // The first row from a random one on that suits, or no_row.
    template <class Suits>
    std::size_t any(Table table, const Suits& suits) {
        const std::size_t rows_of_table = count(table);
        if (rows_of_table == 0) return no_row;
        const std::size_t from = random.below(static_cast<std::uint32_t>(rows_of_table));
        for (std::size_t i = 0; i < rows_of_table; ++i)
            if (const std::size_t row = (from + i) % rows_of_table; suits(row)) return row;
        return no_row;
    }
    template <class Suits>
    void remove_where(Table table, const Suits& suits) {
        for (std::size_t row = count(table); row-- > 0;)
            if (suits(row)) rows.remove(table, row);
    }
    // A held review that suits, from a random one on.
    template <class Suits>
    std::optional<Held> held(const Suits& suits) const {
        std::optional<Held> found;
        std::uint32_t seen = 0;
        for_each_held([&](const Held& each) {
            if (suits(each) && random.below(++seen) == 0) found = each;
        });
        return found;
    }
    // A period of care that suits.
    template <class Suits>
    const Care* period(const Suits& suits) const {
        const Care* found = nullptr;
        std::uint32_t seen = 0;
        for (const Care& care : child.care)
            if (suits(care) && random.below(++seen) == 0) found = &care;
        return found;
    }
    Day last_day(const Care& care) const { return horizon(care, year); }
    bool open(const Care& care) const { return !ended(care); }

    std::size_t document(const Held& held, std::string_view kind);  // its row, or no_row
    void remove_documents(const Held& held, std::string_view kind);
    std::size_t attendance_row(const Held& held, std::string_view role);
    // The first plan of the kind that was completed in the period, or no_row.
    std::size_t plan(const Care& care, std::string_view kind);
    void remove_plans(const Care& care, std::string_view kind);
    bool within(const Value& date, const Care& care) const {
        return date.is_day() && care.start <= date.day() && date.day() <= horizon(care, year);
    }

  private:
    template <class Visit>
    void for_each_held(const Visit& visit) const {
        std::size_t row = 0;
        for (const Care& care : child.care) {
            for (std::size_t i = 0; i < care.meetings.size(); ++i, ++row) {
                const Meeting& meeting = care.meetings[i];
                if (meeting.cancelled) continue;
                const Meeting* next = nullptr;
                for (std::size_t later = i + 1; later < care.meetings.size() && !next; ++later)
                    if (!care.meetings[later].cancelled) next = &care.meetings[later];
                visit(Held{row, &care, &meeting, next, child.age(meeting.date)});
            }
        }
    }
};

// Changes one child's rows and reports what must be found; returns false, with nothing changed, where the
// rows do not allow it.
using Planter = bool (*)(Planting&);

// Those of a kind. The rare ones apply to few children.
struct Planters {
    std::span<const Planter> rare, common;
};
Planters review_planters();  // before, at and after reviews
Planters clock_planters();   // dates of reviews, entry to care
Planters plan_planters();
Planters dispute_planters();
Planters oversight_planters();  // and visits, case work
Planters placement_planters();  // and legal status, permanence
Planters record_planters();     // single cells

// Plants exactly one error: the first that applies of all planters, from a random one on; three times in ten
// the rare ones are tried before the others, so that each has its share. True if one did.
bool plant_error(Planting& planting);

}  // namespace caseaudit::generate::service
