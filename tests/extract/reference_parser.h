// What the reader must tell of a file, worked out in the plainest way: one character after the other, all of
// it in memory.
#pragma once
#include <string>
#include <vector>

namespace caseaudit::extract::testing {

// The listing() of UTF-8 text that begins with a header row of `columns` names, without its first lines
// (encoding, notes, columns).
std::string reference_listing(const std::string& text, char separator, std::size_t columns);

}  // namespace caseaudit::extract::testing
