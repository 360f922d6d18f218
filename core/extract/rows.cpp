#include "extract/rows.h"

#include <cstring>

#include "extract/header.h"

namespace caseaudit::extract {
namespace {

// Removes the quotes of a cell known to be well quoted.
void unquote(char* text, std::uint32_t& start, std::uint32_t& end, bool may_hold_quotes) {
    ++start;
    --end;
    if (!may_hold_quotes) return;
    char* out = static_cast<char*>(std::memchr(text + start, '"', end - start));
    if (out == nullptr) return;
    for (const char* in = out; in < text + end; ++in) {
        *out++ = *in;
        if (*in == '"') ++in;  // the second of a pair
    }
    end = static_cast<std::uint32_t>(out - text);
}

bool well_quoted(const char* text, std::uint32_t start, std::uint32_t end) {
    if (end - start < 2 || text[end - 1] != '"') return false;
    for (std::uint32_t i = start + 1; i + 1 < end; ++i) {
        if (text[i] != '"') continue;
        if (i + 2 >= end || text[i + 1] != '"') return false;
        ++i;
    }
    return true;
}

bool blank(const char* text, std::uint32_t start, std::uint32_t end) {
    if (end - start >= 2 && text[start] == '"' && text[end - 1] == '"') {
        ++start;
        --end;
    }
    return trimmed({text + start, end - start}).empty();
}

// The cells of one row, still quoted.
struct RowCells {
    const char* text;
    const std::uint32_t* ends;
    std::uint32_t start;
    std::uint32_t count;
    std::uint32_t end;  // of the last cell, without the carriage return of CR LF

    std::uint32_t cell_start(std::uint32_t cell) const { return cell == 0 ? start : ends[cell - 1] + 1; }
    std::uint32_t cell_end(std::uint32_t cell) const { return cell + 1 == count ? end : ends[cell]; }
    bool blank_from(std::uint32_t cell) const {
        for (; cell < count; ++cell)
            if (!blank(text, cell_start(cell), cell_end(cell))) return false;
        return true;
    }
};

std::uint32_t without_return(const char* text, std::uint32_t start, std::uint32_t end) {
    return end > start && text[end] == '\n' && text[end - 1] == '\r' ? end - 1 : end;
}

// Whether all rows are as a well-made file has them, so that they need not be looked at one by one.
bool all_regular(const RowFormat& format, const FieldIndex& index, const char* text,
                 const std::uint32_t* ends) {
    if (format.nul || index.breaks_in_quotes || (format.strict && index.quotes)) return false;
    const std::size_t columns = format.columns;
    if (index.positions < index.terminators * columns) return false;
    bool regular = true;
    std::uint32_t start = 0;
    for (std::size_t row = 0; row < index.terminators; ++row) {
        // As many row ends as rows, one at the end of each `columns` cells: then there is none between.
        const std::uint32_t* row_ends = ends + row * columns;
        const std::uint32_t end = row_ends[columns - 1];
        regular &= text[end] != format.separator;
        const auto first = static_cast<unsigned char>(text[start]);
        if (first <= ' ' || first == static_cast<unsigned char>(format.separator) || first == '"') {
            const RowCells cells{text, row_ends, start, format.columns, without_return(text, start, end)};
            if (!regular || cells.blank_from(0)) return false;
        }
        start = end + 1;
    }
    return regular;
}

std::uint32_t take_all(const RowFormat& format, const FieldIndex& index, char* text,
                       std::uint32_t* __restrict starts, std::uint32_t* __restrict ends) {
    const std::size_t cells = index.terminators * format.columns;
    starts[0] = 0;
    for (std::size_t i = 0; i + 1 < cells; ++i) starts[i + 1] = ends[i] + 1;
    if (format.returns)
        for (std::size_t last = format.columns - 1; last < cells; last += format.columns)
            ends[last] = without_return(text, starts[last], ends[last]);
    if (index.quotes)
        for (std::size_t i = 0; i < cells; ++i)
            if (text[starts[i]] == '"' && ends[i] > starts[i])
                unquote(text, starts[i], ends[i], index.doubled_quotes);
    return static_cast<std::uint32_t>(index.terminators);
}

struct Verdict {
    std::string reason;  // "" = accepted
    std::uint32_t column = 0;
};

Verdict judge_count(const RowFormat& format, const RowCells& row) {
    const auto counts = [&] {
        const auto cells = [](std::uint32_t n) { return std::to_string(n) + (n == 1 ? " cell" : " cells"); };
        return "row has " + cells(row.count) + ", the header has " + std::to_string(format.columns);
    };
    if (row.count < format.columns) return {counts(), 0};
    for (std::uint32_t cell = format.columns; cell < row.count; ++cell) {
        if (blank(row.text, row.cell_start(cell), row.cell_end(cell))) continue;
        if (row.count > format.columns + format.unnamed) return {counts(), cell + 1};
        return {"cell " + std::to_string(cell + 1) + " has content, but the header gives its column no name",
                cell + 1};
    }
    return {};
}

Verdict judge(const RowFormat& format, const FieldIndex& index, const RowCells& row) {
    if (format.strict && index.quotes) {
        for (std::uint32_t cell = 0; cell < row.count; ++cell) {
            const std::uint32_t start = row.cell_start(cell);
            const std::uint32_t end = row.cell_end(cell);
            if (end > start && row.text[start] == '"' && !well_quoted(row.text, start, end))
                return {"text follows the closing quote of cell " + std::to_string(cell + 1), cell + 1};
        }
    }
    if (format.nul && std::memchr(row.text + row.start, 0, row.end - row.start) != nullptr)
        return {"row holds NUL bytes", 0};
    if (row.blank_from(0)) return {"every cell is blank", 0};
    return judge_count(format, row);
}

}  // namespace

void Tally::accept(std::uint64_t count, std::uint64_t lines_each) {
    const LineMap::Step here{accepted, rows + 1, lines + 1};
    // Steps fit modulo 2^64: what counts is that row and line go on in step with the accepted rows.
    const bool follows = !steps.empty() &&
                         steps.back().row - steps.back().accepted == here.row - here.accepted &&
                         steps.back().line - steps.back().accepted == here.line - here.accepted;
    if (!follows) steps.push_back(here);
    accepted += count;
    rows += count;
    lines += count * lines_each;
}

void Tally::reject(std::string reason, std::uint32_t column, std::uint64_t lines_taken) {
    ++rows;
    if (lines_taken > 1) reason += "; the row runs over " + std::to_string(lines_taken) + " lines";
    rejected.push_back({.line = lines + 1, .row = rows, .column = column, .reason = std::move(reason)});
    lines += lines_taken;
}

std::uint64_t line_breaks(const char* text, std::size_t length) {
    std::uint64_t breaks = 0;
    for (std::size_t i = 0; i < length; ++i)
        breaks += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    return breaks;
}

std::size_t build_block(const RowFormat& format, const FieldIndex& index, char* text, std::uint32_t* starts,
                        std::uint32_t* ends, Tally& tally, Block& block) {
    block = {.text = text, .starts = starts, .ends = ends, .rows = 0, .columns = format.columns};
    if (all_regular(format, index, text, ends)) {
        const std::size_t consumed = ends[index.terminators * format.columns - 1] + std::size_t{1};
        block.rows = take_all(format, index, text, starts, ends);
        tally.accept(block.rows);
        return consumed;
    }
    std::uint32_t* read = ends;  // accepted rows are moved down over rejected ones, never past them
    std::uint32_t* out_starts = starts;
    std::uint32_t* out_ends = ends;
    std::uint32_t start = 0;
    for (std::size_t row = 0; row < index.terminators; ++row) {
        std::uint32_t count = 1;
        while (text[read[count - 1]] == format.separator) ++count;
        const std::uint32_t break_at = read[count - 1];
        const RowCells cells{text, read, start, count, without_return(text, start, break_at)};
        if (cells.end == start) {
            ++tally.lines;  // an empty line is no row
        } else {
            const std::uint64_t lines =
                index.breaks_in_quotes ? line_breaks(text + start, break_at + 1 - start) : 1;
            Verdict verdict = judge(format, index, cells);
            if (!verdict.reason.empty()) {
                tally.reject(std::move(verdict.reason), verdict.column, lines);
            } else {
                std::uint32_t cell_start = start;
                for (std::uint32_t cell = 0; cell < format.columns; ++cell) {
                    std::uint32_t begin = cell_start;
                    std::uint32_t end = cells.cell_end(cell);
                    cell_start = read[cell] + 1;
                    if (end > begin && text[begin] == '"') unquote(text, begin, end, index.doubled_quotes);
                    *out_starts++ = begin;
                    *out_ends++ = end;
                }
                ++block.rows;
                tally.accept(1, lines);
            }
        }
        read += count;
        start = break_at + 1;
    }
    return start;
}

}  // namespace caseaudit::extract
