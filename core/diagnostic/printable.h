// Text from outside (files, their names, arguments, plugins) made fit for a terminal and a log.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit {

// Bytes of control characters, of marks that hide or turn text around, and such as are not UTF-8 become \x1b;
// the rest stays. At most `limit` bytes: what is beyond is cut off.
std::string printable(std::string_view text, std::size_t limit = std::string_view::npos);

// The same with '?' for each of these bytes, so that places in the text stay what they are, and with tabs.
std::string masked(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace caseaudit
