// Writes one column of a table into its place in the image.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "casebook/dictionary_positions.h"
#include "casebook/image_arena.h"
#include "casebook/row_order.h"

namespace caseaudit::casebook {

// What a column needs in the image, and how the converted values are translated into it.
struct ColumnLayout {
    Storage storage = Storage::none;  // none: no file has the column
    bool any_value = false;           // a value is present, or an invalid cell of a code column
    bool all_present = true;
    std::uint64_t invalid = 0;                       // cells
    std::vector<std::uint32_t> dictionary;           // text ids, ascending
    std::unique_ptr<DictionaryPositions> positions;  // of text and code columns
};

ColumnLayout plan_column(const TableLoad& table, std::size_t field, const dataset::Field& definition,
                         std::uint32_t texts);

// Fills the column's arrays, then drops the converted ones. Columns are independent of each other.
void write_column(TableLoad& table, std::size_t field, const RowOrder& order, const ColumnLayout& layout,
                  const image::Column& column, ImageArena& arena);

}  // namespace caseaudit::casebook
