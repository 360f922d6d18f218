#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <tuple>

#include "diagnostic/diagnostic.h"
#include "diagnostic/printable.h"

namespace caseaudit {
namespace {

// Of a longer line only a window around the place is shown: a file may be one line of megabytes.
constexpr std::size_t longest_line = 160;

std::optional<std::string> line_of(std::string_view text, std::uint32_t number) {
    std::size_t begin = 0;
    for (std::uint32_t line = 1; line < number; ++line) {
        begin = text.find_first_of("\r\n", begin);
        if (begin == std::string_view::npos) return std::nullopt;
        begin += text.substr(begin, 2) == "\r\n" ? 2 : 1;
    }
    const std::size_t end = text.find_first_of("\r\n", begin);
    return std::string(text.substr(begin, end == std::string_view::npos ? end : end - begin));
}

std::optional<std::string> line_of_file(const std::string& path, std::uint32_t number) {
    std::ifstream file(path, std::ios::binary);
    constexpr std::size_t most = 16u << 20;  // what any of our readers accepts
    std::string text;
    char buffer[1 << 16];
    while (text.size() < most && file.read(buffer, sizeof buffer).gcount() > 0) {
        text.append(buffer, static_cast<std::size_t>(file.gcount()));
    }
    if (text.empty()) return std::nullopt;
    return line_of(text, number);
}

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

struct Window {
    std::string line;
    std::size_t column;  // of the place, from 0
};

Window cut(const std::string& line, std::size_t column) {
    if (line.size() <= longest_line) return {line, column};
    std::size_t begin = column > longest_line / 2 ? column - longest_line / 2 : 0;
    while (begin > 0 && continues_character(line[begin])) --begin;
    std::size_t end = std::min(line.size(), begin + longest_line);
    while (end < line.size() && continues_character(line[end])) ++end;
    return {(begin > 0 ? "..." : "") + line.substr(begin, end - begin) + (end < line.size() ? "..." : ""),
            column - begin + (begin > 0 ? 3 : 0)};
}

// One space below every character before the place (a tab below a tab), then a caret below each of the
// fragment.
std::string carets(const Window& window, const std::string& fragment) {
    std::string out;
    for (std::size_t i = 0; i < window.column; ++i) {
        if (!continues_character(window.line[i])) out += window.line[i] == '\t' ? '\t' : ' ';
    }
    const std::string_view first_line = std::string_view(fragment).substr(0, fragment.find_first_of("\r\n"));
    const std::size_t last = std::min(window.line.size(), window.column + first_line.size());
    std::size_t count = 0;
    for (std::size_t i = window.column; i < last; ++i) count += !continues_character(window.line[i]);
    return out + std::string(std::max<std::size_t>(count, 1), '^');
}

std::string snippet(const Place& place, const std::string& fragment, const std::string* source) {
    if (place.line == 0) return "";
    std::optional<std::string> line =
        source ? line_of(*source, place.line) : line_of_file(place.file, place.line);
    if (!line) return "";
    line = masked(*line);
    const std::string number = std::to_string(place.line);
    if (place.column == 0) return fmt::format("\n  {} | {}", number, cut(*line, 0).line);
    const Window window = cut(*line, std::min<std::size_t>(place.column - 1, line->size()));
    return fmt::format("\n  {} | {}\n  {} | {}", number, window.line, std::string(number.size(), ' '),
                       carets(window, fragment));
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const std::string* source) {
    const Place& place = diagnostic.place;
    std::string out = printable(place.file);
    if (place.line) out += fmt::format(":{}", place.line);
    if (place.line && place.column) out += fmt::format(":{}", place.column);
    if (!out.empty()) out += ": ";
    out += "error: " + printable(diagnostic.message);
    if (!diagnostic.within.empty()) {
        out += "\n  in " + printable(fmt::format("{}", fmt::join(diagnostic.within, ", ")));
    }
    out += snippet(place, diagnostic.fragment, source);
    if (!diagnostic.hint.empty()) out += "\n  hint: " + printable(diagnostic.hint);
    return out;
}

void sort_by_place(Diagnostics& diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) <
               std::tie(b.place.file, b.place.line, b.place.column);
    });
}

}  // namespace caseaudit
