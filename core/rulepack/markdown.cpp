#include "rulepack/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace caseaudit::rulepack::markdown {
namespace {

std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string line(const std::vector<std::string>& cells) {
    return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

}  // namespace

std::string prose(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') {
            out += "&lt;";
            continue;
        }
        if (std::string_view("*`[]\\").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string code(std::string_view text) {
    if (text.empty()) return "";
    std::string flat(text);
    std::replace(flat.begin(), flat.end(), '\n', ' ');
    if (flat.find('`') != std::string::npos) return "``` " + flat + " ```";
    return "`" + flat + "`";
}

std::string block(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    return fmt::format("```\n{}\n```\n\n", text);
}

std::string table(const std::vector<std::string>& headings,
                  const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return "";
    std::string out = line(headings) + line(std::vector<std::string>(headings.size(), "---"));
    for (const auto& row : rows) {
        std::vector<std::string> cells;
        for (const std::string& one : row) cells.push_back(cell(one));
        out += line(cells);
    }
    return out + "\n";
}

std::string list(const std::vector<std::string>& items) {
    std::vector<std::string> coded;
    for (const std::string& item : items) coded.push_back(code(item));
    return fmt::format("{}", fmt::join(coded, ", "));
}

std::string heading_of(std::string_view file_stem) {
    std::string heading(file_stem);
    std::replace(heading.begin(), heading.end(), '-', ' ');
    if (!heading.empty())
        heading[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(heading[0])));
    return heading;
}

}  // namespace caseaudit::rulepack::markdown
