// A measure as the table that an annual report prints: a row for each group, or, for counts by two keys, one
// key down and the other across, with totals as the pack asks for them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "caseaudit/findings.h"

namespace caseaudit::reports {

struct TableCell {
    enum class Kind : std::uint8_t { text, number, share };
    Kind kind = Kind::text;
    std::string text;  // as printed: 1,234 or 98.4 %
    double value = 0;  // of a number or share (0.984)
};

struct MeasureTable {
    std::vector<std::string> headings;
    std::vector<std::vector<TableCell>> rows;  // each as long as headings
    std::vector<bool> total;                   // by row: a total, to be set apart
};

// No rows when nothing was counted.
MeasureTable table_of(const MeasureOutcome& measure);

// The figure over all groups, where the measure has one: "98.4 % (271 of 275)"; "" otherwise.
std::string overall(const MeasureOutcome& measure);

}  // namespace caseaudit::reports
