#include "extract/first_rows.h"

#include <algorithm>

#include "extract/cell.h"
#include "extract/encoding.h"
#include "extract/header.h"
#include "extract/rows.h"

namespace caseaudit::extract {
namespace {

// The beginning of the file, in UTF-8 if it was UTF-16; "" where it cannot be read.
std::string start_of(const platform::FileSystem& files, const std::string& path, bool& whole) {
    const auto file = files.open(path);
    if (!file) return {};
    std::string start(std::min<std::uint64_t>((*file)->size(), std::uint64_t{64} << 10), '\0');
    const auto got = (*file)->read_at(0, start);
    if (!got) return {};
    start.resize(*got);
    whole = start.size() == (*file)->size();
    const bool little = start.starts_with("\xFF\xFE");
    if (!little && !start.starts_with("\xFE\xFF")) return start;
    return to_utf8(little ? Encoding::utf16_little : Encoding::utf16_big, std::string_view(start).substr(2));
}

std::uint64_t breaks_within(const std::vector<std::string>& cells) {
    std::uint64_t breaks = 0;
    for (const std::string& cell : cells) breaks += line_breaks(cell.data(), cell.size());
    return breaks;
}

}  // namespace

std::vector<FirstRow> first_rows(const platform::FileSystem& files, const std::string& path) {
    std::vector<FirstRow> rows;
    bool whole = false;
    const std::string start = start_of(files, path, whole);
    std::string_view rest = start;
    std::uint64_t lines = 0;
    while (rows.size() < most_first_rows && !rest.empty()) {
        Header row;
        const auto state = read_header(rest, whole, row);
        if (!state || *state != HeaderState::found) break;
        const bool ended = rest[row.body - 1] == '\n' || rest[row.body - 1] == '\r';
        lines += row.lines;
        FirstRow& found = rows.emplace_back();
        found.line = lines + (ended ? 0 : 1) - breaks_within(row.cells);
        for (const std::string& cell : row.cells) found.cells.emplace_back(trimmed(cell));
        while (!found.cells.empty() && found.cells.back().empty()) found.cells.pop_back();
        rest.remove_prefix(row.body);
    }
    return rows;
}

}  // namespace caseaudit::extract
