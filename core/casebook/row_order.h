// The order of a table's rows in the image.
#pragma once
#include <cstdint>
#include <vector>

#include "casebook/table_load.h"

namespace caseaudit::casebook {

struct RowOrder {
    // The rows in order; empty when they already stand in order.
    Pages rows;
    bool identity = true;
    const RowCode* at() const { return rows.as<RowCode>(); }
};

// By case, then by the table's order (tables of no case: by the look-up field first), then by the
// other fields that are judged by. Texts must be text ids. `case_starts` (cases + 1, all zero) is filled;
// null for tables of no case. Drops Segment::cases.
RowOrder order_rows(const dataset::Table& definition, TableLoad& table, std::uint32_t cases,
                    std::uint32_t* case_starts);

// Calls visit(code) for every row, in order.
template <class Visit>
void for_each_row(const TableLoad& table, const RowOrder& order, Visit&& visit) {
    if (!order.identity) {
        for (std::uint32_t i = 0; i < table.rows; ++i) visit(order.at()[i]);
        return;
    }
    for (std::size_t s = 0; s < table.segments.size(); ++s) {
        for (std::uint32_t row = 0; row < table.segments[s]->rows; ++row) {
            visit(static_cast<RowCode>(s << segment_bits | row));
        }
    }
}

}  // namespace caseaudit::casebook
