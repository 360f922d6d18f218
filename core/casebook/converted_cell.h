// One converted cell at a time: for sorting, linking and deriving, where rows are met in no fixed pattern.
#pragma once
#include <bit>
#include <compare>
#include <cstdint>

#include "casebook/table_load.h"

namespace caseaudit::casebook {

// Orders as rows of a case are ordered: by value, then what is missing, then what is invalid.
struct ConvertedCell {
    CellState state = CellState::missing;
    // Text and code: the text (an InternId, later a text id); the same of an invalid cell's raw text.
    // Decimal: bits that order as the numbers do. Otherwise the value.
    std::int64_t value = 0;
    auto operator<=>(const ConvertedCell&) const = default;
};

inline std::int64_t ordered_bits(std::int64_t decimal_bits) {
    return decimal_bits < 0 ? decimal_bits ^ INT64_MAX : decimal_bits;  // its own inverse
}

ConvertedCell invalid_cell(const SegmentColumn& column, std::uint32_t row);

inline ConvertedCell read_cell(const SegmentColumn& column, std::uint32_t row) {
    if (!column.present(row)) [[unlikely]]
        return invalid_cell(column, row);
    if (column.storage == Storage::none) return {};
    const std::int64_t raw = column.raw(row);
    if (column.texts != nullptr) return {CellState::present, (*column.texts)[static_cast<std::size_t>(raw)]};
    if (column.storage == Storage::float64) return {CellState::present, ordered_bits(raw)};
    return {CellState::present, raw};
}

inline ConvertedCell read_cell(const TableLoad& table, std::size_t field, RowCode row) {
    return read_cell(table.segments[row >> segment_bits]->columns[field], row & (segment_rows - 1));
}

}  // namespace caseaudit::casebook
