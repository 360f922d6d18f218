// Where the cells of a piece of CSV text end.
#pragma once
#include <cstddef>
#include <cstdint>

namespace caseaudit::extract {

// Bytes that must be readable after the text and, as bounds of cells, writable after the last one.
inline constexpr std::size_t scan_margin = 64;

struct FieldIndex {
    std::size_t cells = 0;          // how many end within the text
    std::size_t terminators = 0;    // how many of them end a row
    bool quotes = false;            // the text holds a quote
    bool doubled_quotes = false;    // one of them may be doubled, within a quoted cell
    bool breaks_in_quotes = false;  // a line feed or carriage return stands between quotes
};

// By cell, each array with room for the text's length + scan_margin.
struct CellBounds {
    std::uint32_t* starts;  // of one cell more than end
    std::uint32_t* ends;    // the place of the separator or row end
};

// Writes where each cell starts and ends, at a separator or row end outside quotes. A row ends at a line feed
// (the one of CR LF too) or at a carriage return that no line feed follows. The text begins outside quotes,
// at a row's first byte. Lone carriage returns are looked for only if `lone_returns` says that there may be
// some.
//
// Quotes are paired by parity: right for text in which each opening quote stands at the start of a cell and
// each closing one at its end, which survey() establishes.
FieldIndex index_fields(const char* text, std::size_t length, char separator, bool lone_returns,
                        const CellBounds& bounds);

// The same for any text, one byte at a time. A quote opens only at the start of a cell; in a quoted cell a
// doubled quote is a quote, any other closes; what stands between a closing quote and the cell's end is
// plain.
FieldIndex index_fields_strictly(const char* text, std::size_t length, char separator,
                                 const CellBounds& bounds);

// The state machine of index_fields_strictly(), for text that comes in pieces.
class StrictScanner {
  public:
    explicit StrictScanner(char separator) : separator_(separator) {}
    enum class Step : std::uint8_t { inside, separator, row_end };
    // Takes the next byte; `following` is the one after it, 0 at the end of the text.
    Step take(char byte, char following);
    // The text so far ends within an open quote.
    bool in_quotes() const { return state_ == State::quoted; }

  private:
    enum class State : std::uint8_t { cell_start, plain, quoted, quote_in_quoted };
    char separator_;
    State state_ = State::cell_start;
};

}  // namespace caseaudit::extract
