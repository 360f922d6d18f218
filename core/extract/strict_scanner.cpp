#include "extract/field_index.h"

namespace caseaudit::extract {

StrictScanner::Step StrictScanner::take(char byte, char following) {
    if (state_ == State::quoted) {
        if (byte == '"') state_ = State::quote_in_quoted;
        return Step::inside;
    }
    if (byte == '"' && state_ != State::plain) {
        state_ = State::quoted;  // opens the cell, or is the second of a doubled quote
        return Step::inside;
    }
    if (byte == separator_) {
        state_ = State::cell_start;
        return Step::separator;
    }
    if (byte == '\n' || (byte == '\r' && following != '\n')) {
        state_ = State::cell_start;
        return Step::row_end;
    }
    // The carriage return of CR LF ends the cell but not yet the row.
    state_ = State::plain;
    return Step::inside;
}

FieldIndex index_fields_strictly(const char* text, std::size_t length, char separator,
                                 const CellBounds& bounds) {
    FieldIndex result;
    StrictScanner scanner(separator);
    bounds.starts[0] = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const auto step = scanner.take(text[i], i + 1 < length ? text[i + 1] : '\0');
        if (text[i] == '"') result.quotes = result.doubled_quotes = true;
        if (step == StrictScanner::Step::inside) {
            if (scanner.in_quotes() && (text[i] == '\n' || text[i] == '\r')) result.breaks_in_quotes = true;
            continue;
        }
        bounds.ends[result.cells++] = static_cast<std::uint32_t>(i);
        bounds.starts[result.cells] = static_cast<std::uint32_t>(i + 1);
        result.terminators += step == StrictScanner::Step::row_end;
    }
    return result;
}

}  // namespace caseaudit::extract
