// Converted columns of one width, ready to be read in any order by tight loops.
#pragma once
#include <cstdint>
#include <vector>

#include "casebook/segment.h"

namespace caseaudit::casebook {

// One segment's column.
struct ColumnSource {
    const void* values;
    const std::uint32_t* translation;  // by code; null: values stand for themselves
    const std::uint8_t* validity;      // null: all present
    const SegmentColumn* column;
    bool has_sign;  // the values are signed
    bool present(std::uint32_t row) const {
        return validity == nullptr || (validity[row >> 3] >> (row & 7) & 1) != 0;
    }
};

// A column of consecutive segments; a row is segment << segment_bits | row in the segment.
struct ColumnSources {
    std::vector<ColumnSource> segments;
    std::size_t width = 0;  // bytes of every value; 0: no segment has any
    bool all_present = true;
    bool texts = false;  // of some segments the values are texts, not codes
    bool codes = false;  // of some segments the values are codes
};

// Gives each column of the segments one width.
void align_widths(const std::vector<Segment*>& segments);

// The column, whose widths must have been aligned. `segments` must outlive the result; codes translate to
// texts.
ColumnSources column_sources(const std::vector<Segment*>& segments, std::size_t field);

// Rows of one segment that follow each other.
struct RowRun {
    RowCode first = 0;
    std::uint32_t rows = 0;
};

// Rows of a column in the order wanted: `codes`, or when that is null `runs`.
struct RowList {
    const RowCode* codes = nullptr;
    std::uint32_t rows = 0;
    std::span<const RowRun> runs;
};

inline std::uint32_t row_in_segment(RowCode code) {
    return code & (segment_rows - 1);
}

// Calls row(source, row in its segment) for every row of the list.
template <class Row>
void visit_rows(const ColumnSources& sources, const RowList& list, Row&& row) {
    if (list.codes == nullptr) {
        for (const RowRun& run : list.runs) {
            const ColumnSource source = sources.segments[run.first >> segment_bits];
            const std::uint32_t first = row_in_segment(run.first);
            for (std::uint32_t i = 0; i < run.rows; ++i) row(source, first + i);
        }
        return;
    }
    const ColumnSource* segments = sources.segments.data();
    for (std::uint32_t i = 0; i < list.rows; ++i) {
        const RowCode code = list.codes[i];
        row(segments[code >> segment_bits], row_in_segment(code));
    }
}

// Calls with(T{}) for the unsigned type of the width.
template <class With>
void with_width(std::size_t width, With&& with) {
    switch (width) {
        case 1:
            return with(std::uint8_t{});
        case 2:
            return with(std::uint16_t{});
        case 4:
            return with(std::uint32_t{});
        default:
            return with(std::uint64_t{});
    }
}

}  // namespace caseaudit::casebook
