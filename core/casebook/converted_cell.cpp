#include "casebook/converted_cell.h"

#include <algorithm>

namespace caseaudit::casebook {

// Missing, or invalid if the row is on the column's list.
ConvertedCell invalid_cell(const SegmentColumn& column, std::uint32_t row) {
    const auto found =
        std::lower_bound(column.invalid.begin(), column.invalid.end(), row,
                         [](const InvalidCell& cell, std::uint32_t at) { return cell.row < at; });
    if (found == column.invalid.end() || found->row != row) return {};
    return {CellState::invalid, found->text};
}

}  // namespace caseaudit::casebook
