// Text as Markdown. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::rulepack::markdown {

std::string prose(std::string_view text);  // nothing in it is taken for markup
std::string code(std::string_view text);   // in a line: `text`, whatever it holds
std::string block(std::string_view text);  // lines of code, with an empty line behind

// With an empty line behind; "" without rows. Cells are Markdown and may hold "|" and line ends.
std::string table(const std::vector<std::string>& headings,
                  const std::vector<std::vector<std::string>>& rows);

std::string list(const std::vector<std::string>& items);  // "a, b, c", each as code

// The heading of a file of rules: "before-review" is "Before review".
std::string heading_of(std::string_view file_stem);

}  // namespace caseaudit::rulepack::markdown
