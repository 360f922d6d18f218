// Writes one column of a table into its place in the image.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "casebook/column_source.h"
#include "casebook/dictionary_positions.h"
#include "casebook/image_arena.h"
#include "dataset/dataset.h"

namespace caseaudit::casebook {

// Where a column of the image comes from: a field of converted segments, and which of their rows.
struct ColumnOrigin {
    std::vector<Segment*> segments;
    std::size_t field = 0;
    RowList rows;
};

// What a column needs in the image, and how the converted values are translated into it.
struct ColumnLayout {
    Storage storage = Storage::none;
    bool any_value = false;  // a value is present, or an invalid cell of a code column
    bool all_present = true;
    std::uint64_t invalid = 0;                       // cells
    std::vector<std::uint32_t> dictionary;           // text ids, ascending
    std::unique_ptr<DictionaryPositions> positions;  // of text and code columns
};

ColumnLayout plan_column(const ColumnOrigin& origin, dataset::FieldType type, std::uint32_t texts);

// Fills the column's arrays. Columns are independent of each other.
void write_column(const ColumnOrigin& origin, const ColumnLayout& layout, image::Column& column,
                  ImageArena& arena);

}  // namespace caseaudit::casebook
