// CSV that a spreadsheet may open: RFC 4180, with a byte order mark so that Excel takes it as UTF-8.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::reports {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Appends a line of cells. A text that a spreadsheet would take for a formula (it begins with = + - @, a tab
// or a carriage return) gets an apostrophe in front: OWASP, "CSV Injection".
void append_csv(std::string& out, const std::vector<std::string>& cells);

}  // namespace caseaudit::reports
