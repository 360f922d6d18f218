// The order of a table's rows in the image.
#pragma once
#include <cstdint>

#include "casebook/column_source.h"
#include "casebook/starts_place.h"
#include "casebook/table_load.h"

namespace caseaudit::casebook {

struct RowOrder {
    bool identity = true;      // they already stand in order
    LargeVector<RowRun> runs;  // where many follow each other as they stand; else
    Pages codes;               // each row
    RowList list(std::uint32_t rows) const { return {codes.as<RowCode>(), rows, runs}; }
};

RowOrder as_they_stand(const TableLoad& table);

// By case, then by the table's order (tables of no case: by the look-up field first), then by the
// other fields that are judged by. Texts must be text ids. Fills the case starts, which have a place but for
// tables of no case. Drops Segment::cases.
RowOrder order_rows(const dataset::Table& definition, TableLoad& table, StartsPlace& case_starts,
                    ImageArena& arena);

// Calls visit(code) for every row, in order.
template <class Visit>
void for_each_row(const TableLoad& table, const RowOrder& order, Visit&& visit) {
    if (order.codes) {
        for (std::uint32_t i = 0; i < table.rows; ++i) visit(order.codes.as<RowCode>()[i]);
        return;
    }
    for (const RowRun& run : order.runs) {
        for (RowCode row = run.first; row < run.first + run.rows; ++row) visit(row);
    }
}

}  // namespace caseaudit::casebook
