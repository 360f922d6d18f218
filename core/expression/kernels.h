// The operations that expressions are compiled to. Each stands in the file that its heading names; operands
// and results are of the kinds said, with states as values (see expression.h). Private to expression/.
#pragma once
#include "expression/graph.h"

namespace caseaudit::expression::kernels {

// kernels_logic.cpp
void logical_and(const KernelCall&);
void logical_or(const KernelCall&);
void logical_not(const KernelCall&);
Kernel select(Kind);    // condition ? a : b; missing where the condition is undecided
Kernel coalesce(Kind);  // a where it is present, else b; Node::a of text: code list of a, or -1
void integer_to_decimal(const KernelCall&);

// kernels_compare.cpp
enum class Comparison : std::uint8_t { equal, unequal, less, less_or_equal, greater, greater_or_equal };
Kernel compare(Comparison, Kind);

// kernels_state.cpp; Node::a of text: its code list, or -1
Kernel is_missing(Kind);
Kernel is_invalid(Kind);
Kernel is_present(Kind);
Kernel same(Kind);
Kernel differs(Kind);

// kernels_arithmetic.cpp
enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, remainder };
Kernel arithmetic(Arithmetic, Kind);
Kernel negate(Kind);
Kernel absolute(Kind);
Kernel least(Kind);
Kernel greatest(Kind);
void floor_of(const KernelCall&);
void miles_between(const KernelCall&);  // easting, northing, easting, northing, in metres

// kernels_dates.cpp
void days_between(const KernelCall&);  // b - a
void subtract_dates(const KernelCall&);
void months_between(const KernelCall&);
void working_days_between(const KernelCall&);
void age_at(const KernelCall&);
void add_days(const KernelCall&);
void add_weeks(const KernelCall&);
void add_months(const KernelCall&);
void add_years(const KernelCall&);
void add_working_days(const KernelCall&);
void make_date(const KernelCall&);  // year, month, day
void date_from_text(const KernelCall&);
void year_of(const KernelCall&);
void month_of(const KernelCall&);
void day_of(const KernelCall&);
void day_of_week(const KernelCall&);
void is_working_day(const KernelCall&);
void overlaps(const KernelCall&);           // start, end, start, end
void interval_contains(const KernelCall&);  // start, end, date

// kernels_text.cpp
void concatenate(const KernelCall&);
void starts_with(const KernelCall&);
void ends_with(const KernelCall&);
void contains(const KernelCall&);
void matches(const KernelCall&);  // Node::a: pattern of the graph
void size_of(const KernelCall&);
void upper(const KernelCall&);
void lower(const KernelCall&);
void trim(const KernelCall&);
void substring_from(const KernelCall&);  // text, from
void substring(const KernelCall&);       // text, from, to
void replace(const KernelCall&);
void in_split(const KernelCall&);     // value, text, separator
void split_count(const KernelCall&);  // text, separator
Kernel to_text(Kind);
void year_month(const KernelCall&);      // of a date: 2015-04
void quarter(const KernelCall&);         // 2015-Q2
void financial_year(const KernelCall&);  // 2015/16, from 1 April
void text_to_integer(const KernelCall&);
void text_to_decimal(const KernelCall&);
void decimal_to_integer(const KernelCall&);
Kernel compare_texts(Comparison);  // by bytes; the four orders only

// kernels_sets.cpp
Kernel in_set(Kind);                 // Node::a: set of the graph, not an empty one
void in_nothing(const KernelCall&);  // false, whatever the value

// kernels_rows.cpp; rows of a table of cases, Node::a: table, Node::b: which
void previous_row(const KernelCall&);
void next_row(const KernelCall&);
void position_of(const KernelCall&);
Kernel look_up(Kind);                  // key -> row of a table of no case; Node::a: table
void field_of_row(const KernelCall&);  // row of a table of no case; Node::a: table, Node::b: field

}  // namespace caseaudit::expression::kernels
