// Markdown that means what its values say and nothing more.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::reports {

// Text that Markdown, and the HTML it allows, takes for nothing but text; on one line.
std::string markdown(std::string_view text);

// A row of a table, of cells that are Markdown.
void markdown_row(std::string& out, const std::vector<std::string>& cells);

}  // namespace caseaudit::reports
