// Converted rows on their way into the image: pieces of a table of at most 16,384 rows, column by column,
// as narrow as the values seen so far allow.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "casebook/casebook.h"
#include "casebook/interner.h"
#include "casebook/pages.h"
#include "casebook/segment_memory.h"

namespace caseaudit::casebook {

inline constexpr unsigned segment_bits = 14;
inline constexpr std::uint32_t segment_rows = 1u << segment_bits;

// A row of a table before it is sorted: segment << segment_bits | row in the segment.
using RowCode = std::uint32_t;

std::size_t width_of(Storage storage);  // bytes a value
// How many rows of a segment get room at first, where so many are likely: small tables stay small. A segment
// that turns out longer gets it for all it can have.
std::uint32_t room_for(std::uint32_t rows);

struct InvalidCell {
    std::uint32_t row;   // in the segment
    std::uint32_t text;  // of the cell, trimmed: an InternId, later its text id
};

// Text ids of one thread's dictionary, by code: InternIds until the texts are ordered.
using CodeTexts = std::vector<std::uint32_t>;

// One column of one segment. Text and code columns hold codes of `texts`, or texts themselves when that is
// null (columns in which hardly any value comes twice).
class SegmentColumn {
  public:
    SegmentColumn() = default;
    // `memory` must outlive the column. `rows` and `least` are what it is likely to need: room for so many
    // rows, and a width.
    explicit SegmentColumn(SegmentMemory& memory, std::uint32_t rows = 0, Storage least = Storage::none)
        : memory_(&memory), likely_rows_(rows), likely_storage_(least) {}

    Storage storage = Storage::none;  // none: no cell with a value so far
    Room values;
    Room validity;                     // a bitmap; absent: all rows are present
    std::vector<InvalidCell> invalid;  // by row
    const CodeTexts* texts = nullptr;

    // Appends rows [first, first + count). Values of rows that are not present must be 0, or for codes
    // the code of an invalid cell. All codes are less than `bound`.
    void append_codes(std::uint32_t first, std::span<const std::uint32_t> codes, std::uint32_t bound);
    void append_numbers(std::uint32_t first, std::span<const std::int64_t> numbers);
    void append_days(std::uint32_t first, std::span<const calendar::Day> days);
    void append_values(std::uint32_t first, Storage kind, const void* data, std::uint32_t count);
    // state[i] != 0: the row is not present. Rows appended without this call are present.
    void append_states(std::uint32_t first, const std::uint8_t* states, std::uint32_t count);
    void append_missing(std::uint32_t first, std::uint32_t count);
    // Gives the values at least this kind's width.
    void widen_to(Storage kind);
    // From codes to texts: `texts` becomes null.
    void spell_out(std::uint32_t rows);

    bool present(std::uint32_t row) const {
        return validity ? (validity.as<std::uint8_t>()[row >> 3] >> (row & 7) & 1) != 0 : true;
    }
    // Code, number or bits of the value, widened.
    std::int64_t raw(std::uint32_t row) const;

  private:
    void reserve(std::uint32_t rows, Storage kind);
    void widen(Storage kind);
    SegmentMemory* memory_ = nullptr;
    std::uint32_t likely_rows_ = 0;
    Storage likely_storage_ = Storage::none;
};

// A row whose case key is blank. `contents` is a hash of all the cells that its file has for it: of such a
// row it is all that it can be known by again. Rows of crowded cases are among them once cases are resolved.
struct KeylessRow {
    std::uint32_t row;  // in the segment
    std::uint64_t contents;
};

struct Segment {
    std::uint32_t rows = 0;
    std::vector<KeylessRow> keyless;     // by row
    std::vector<SegmentColumn> columns;  // by dataset field
    Room cases;                 // uint32 per row: InternId of the case key, later the case; no_text: none
    bool has_caseless = false;  // known once cases are resolved
    std::uint32_t* case_of() { return cases.as<std::uint32_t>(); }
    const std::uint32_t* case_of() const { return cases.as<std::uint32_t>(); }
};

inline std::int64_t SegmentColumn::raw(std::uint32_t row) const {
    switch (storage) {
        case Storage::none:
            return 0;
        case Storage::code8:
        case Storage::boolean8:
            return values.as<std::uint8_t>()[row];
        case Storage::code16:
        case Storage::date16:
            return values.as<std::uint16_t>()[row];
        case Storage::code32:
            return values.as<std::uint32_t>()[row];
        case Storage::int8:
            return values.as<std::int8_t>()[row];
        case Storage::int16:
            return values.as<std::int16_t>()[row];
        case Storage::int32:
        case Storage::date32:
        case Storage::postcode32:
            return values.as<std::int32_t>()[row];
        case Storage::int64:
        case Storage::float64:
            return values.as<std::int64_t>()[row];
    }
    return 0;
}

}  // namespace caseaudit::casebook
