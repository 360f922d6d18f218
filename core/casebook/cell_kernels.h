// Conversion of a run of cells at a time, with the widest instructions that the processor has.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "calendar/civil.h"

namespace caseaudit::casebook {

inline constexpr std::uint32_t run_rows =
    256;  // a run's cells, of all columns of a table, fit the nearest cache

// Cells of one column in consecutive rows; see extract::Block, whose cells they are.
struct CellRun {
    const char* text;
    const std::uint32_t* starts;  // of the first cell; the next is `stride` further
    const std::uint32_t* ends;
    std::uint32_t stride;
    std::uint32_t count;  // at most run_rows
    std::string_view cell(std::uint32_t i) const {
        const std::size_t at = std::size_t{i} * stride;
        return {text + starts[at], ends[at] - starts[at]};
    }
};

// One element for each cell of a run, and room for the rest of a register.
template <class T>
using PerCell = std::array<T, run_rows + 8>;

enum : std::uint8_t { is_present = 0, is_missing = 1, is_invalid = 2 };
using States = PerCell<std::uint8_t>;

// Cells of a run, by number in it, that have to be looked at one by one.
struct Others {
    std::uint32_t count = 0;
    std::array<std::uint16_t, run_rows> cells;
};

// For each cell its text as a word (see TextKey), 0 if it is empty. Of a cell that is longer than eight bytes
// or holds white space, a control character, NUL or a byte beyond ASCII, as the last of a no-break space is,
// the word is 0 too; it is one of `others`.
void load_words(const CellRun& cells, PerCell<std::uint64_t>& words, Others& others);

enum class DateOrder : std::uint8_t { day_first, year_first };  // dd/mm/yyyy, yyyy-mm-dd

// For each cell that is exactly a date so written, and a real one, its day; otherwise 0. Cells that are
// neither such a date nor empty are `others`; they count as present until they are looked at.
void read_dates(const CellRun& cells, DateOrder order, PerCell<calendar::Day>& days, States& states,
                Others& others);

}  // namespace caseaudit::casebook
