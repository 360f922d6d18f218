// From converted rows, in the order found for them, to the tables of the image.
#pragma once
#include <memory>
#include <vector>

#include "casebook/image_arena.h"
#include "casebook/row_order.h"
#include "casebook/starts_place.h"
#include "casebook/table_load.h"

namespace caseaudit::casebook {

// The rows of a derived table that were made of rows of others, by source extract: starts (rows + 1) and the
// positions of the source rows in their table's order.
struct MadeOf {
    LargeVector<std::uint32_t> starts, rows;
};

// A column of a derived table taken over from its source tables.
struct BorrowedColumn {
    std::size_t field = 0;  // of the derived table
    std::size_t source_field = 0;
    std::vector<Segment*> segments;  // of the source tables, one after the other
    std::shared_ptr<const LargeVector<RowCode>> rows;
};

// A table ready to be written.
struct OrderedTable {
    std::unique_ptr<TableLoad> table;
    RowOrder order;
    StartsPlace case_starts;
    MadeOf made_of[2];
    std::vector<BorrowedColumn> borrowed;
};

// Writes all tables, column by column, giving the converted rows of each back to the system as soon as it is
// written. Derived tables come after all others in `tables`, and are written before the tables they borrow
// from. Fills header.tables.
void write_tables(std::vector<OrderedTable>& tables, const dataset::Dataset& dataset, ImageArena& arena,
                  image::Header& header);

}  // namespace caseaudit::casebook
