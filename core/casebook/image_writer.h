// From converted rows, in the order found for them, to the tables of the image.
#pragma once
#include <memory>
#include <vector>

#include "casebook/image_arena.h"
#include "casebook/row_order.h"
#include "casebook/table_load.h"

namespace caseaudit::casebook {

// The rows of a derived table that were made of rows of others, by source extract: starts (rows + 1) and the
// positions of the source rows in their table's order.
struct MadeOf {
    std::vector<std::uint32_t> starts, rows;
};

// A table ready to be written.
struct OrderedTable {
    std::unique_ptr<TableLoad> table;
    RowOrder order;
    bool has_cases = false;
    MadeOf made_of[2];
};

// Writes all tables, column by column, giving each converted column back to the system as soon as it is
// written. Fills header.tables.
void write_tables(std::vector<OrderedTable>& tables, const dataset::Dataset& dataset, ImageArena& arena,
                  image::Header& header);

}  // namespace caseaudit::casebook
