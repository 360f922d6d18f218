// The text of one cell.
#pragma once
#include <cstddef>
#include <string_view>

namespace caseaudit::extract {

// Without ASCII white space at the ends.
std::string_view trimmed(std::string_view text);

// Nothing but ASCII white space, perhaps in quotes.
bool blank(std::string_view cell);

// For a cell that begins with a quote: whether the quote is closed by the last byte, and those between come
// in pairs.
bool well_quoted(std::string_view cell);

// Takes the quotes off a cell that is well quoted and halves the pairs within, in place. Returns the length
// of what remains, which begins at cell[1].
std::size_t unquote(char* cell, std::size_t length);

}  // namespace caseaudit::extract
