#include "reports/markdown.h"

#include "reports/text.h"

namespace caseaudit::reports {

std::string markdown(std::string_view text) {
    std::string out;
    for (const char c : visible(text)) {
        if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

void markdown_row(std::string& out, const std::vector<std::string>& cells) {
    for (const auto& cell : cells) out += fmt::format("| {} ", cell);
    out += "|\n";
}

}  // namespace caseaudit::reports
