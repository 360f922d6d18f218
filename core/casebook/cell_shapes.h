// What a text that cannot be read as its column's type looks like, in words that show nothing of it.
#pragma once
#include <string_view>

namespace caseaudit::casebook {

enum class DateShape : unsigned char {
    other,
    month_first,   // 12/31/2025, 2025-31-12: no date unless the month comes before the day, or after it
    serial,        // 45658 or 45658.5: a spreadsheet's count of days
    run_together,  // 31122025
    with_time,
    month_named,     // 31-Dec-2025
    two_digit_year,  // 31/12/25
    separators,      // 31.12.2025
    hashes           // ########: what a spreadsheet shows of a column that is too narrow
};

DateShape date_shape(std::string_view text);

// NULL, NaN, N/A, none and the like: what databases and programs write in place of a blank cell.
bool stands_for_blank(std::string_view text);

}  // namespace caseaudit::casebook
