// Text that comes from a plugin, made fit for a terminal and a log.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit::plugin {

// Control characters and what is not UTF-8 become \x1b; at most `limit` bytes, the rest is cut off. Text that
// is printable stays as it is.
std::string printable(std::string_view text, std::size_t limit = 500);

bool is_utf8(std::string_view text);

}  // namespace caseaudit::plugin
