#include "extract/rows.h"

#include <array>
#include <cstring>

#include "extract/cell.h"
#include "extract/encoding.h"

namespace caseaudit::extract {
namespace {

// Narrows the bounds of a cell known to be well quoted to its content.
void unquote_at(char* text, std::uint32_t& start, std::uint32_t& end, bool may_hold_quotes) {
    const std::uint32_t length =
        may_hold_quotes ? static_cast<std::uint32_t>(unquote(text + start, end - start)) : end - start - 2;
    ++start;
    end = start + length;
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
    std::string_view cell(std::uint32_t cell) const {
        return {text + cell_start(cell), cell_end(cell) - cell_start(cell)};
    }
    std::uint32_t cell_at(const char* place) const {
        std::uint32_t cell = 0;
        while (text + cell_end(cell) <= place) ++cell;
        return cell;
    }
    bool all_blank() const {
        for (std::uint32_t i = 0; i < count; ++i)
            if (!blank(cell(i))) return false;
        return true;
    }
};

std::uint32_t without_return(const char* text, std::uint32_t start, std::uint32_t end) {
    return end > start && text[end] == '\n' && text[end - 1] == '\r' ? end - 1 : end;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Whether the row is the one of the headings, as where files were joined; it may have a byte order mark.
bool are_headings(const RowFormat& format, const RowCells& row) {
    if (format.headings == nullptr || row.count < format.columns) return false;
    for (std::uint32_t i = 0; i < format.columns; ++i) {
        std::string_view cell = row.cell(i);
        if (i == 0 && cell.starts_with(byte_order_mark)) cell.remove_prefix(byte_order_mark.size());
        cell = trimmed(cell);
        const std::string& heading = (*format.headings)[i];
        if (cell == heading) continue;
        if (!cell.starts_with('"') || !well_quoted(cell)) return false;
        std::string quoted(cell);
        const std::size_t length = unquote(quoted.data(), quoted.size());
        if (trimmed(std::string_view(quoted).substr(1, length)) != heading) return false;
    }
    return true;
}

// What a row may be, told by its first byte.
enum class Start : std::uint8_t { usual, as_headings, blank_or_headings };

std::array<Start, 256> starts_of_rows(const RowFormat& format) {
    std::array<Start, 256> starts{};
    if (format.headings != nullptr && !format.headings->front().empty())
        starts[static_cast<unsigned char>(format.headings->front().front())] = Start::as_headings;
    for (std::size_t byte = 0; byte <= ' '; ++byte) starts[byte] = Start::blank_or_headings;
    for (const char byte : {format.separator, '"', byte_order_mark.front()})
        starts[static_cast<unsigned char>(byte)] = Start::blank_or_headings;
    return starts;
}

// Whether all rows are as a well-made file has them, so that they need not be looked at one by one.
bool all_regular(const RowFormat& format, const FieldIndex& index, const char* text,
                 const std::uint32_t* ends) {
    if (format.nul || format.cut || index.breaks_in_quotes || (format.strict && index.quotes)) return false;
    const std::size_t columns = format.columns;
    if (index.cells < index.terminators * columns) return false;
    const std::array<Start, 256> starts = starts_of_rows(format);
    bool regular = true;
    std::uint32_t start = 0;
    for (std::size_t row = 0; row < index.terminators; ++row) {
        // As many row ends as rows, one at the end of each `columns` cells: then there is none between.
        const std::uint32_t* row_ends = ends + row * columns;
        const std::uint32_t end = row_ends[columns - 1];
        regular &= text[end] != format.separator;
        const Start kind = starts[static_cast<unsigned char>(text[start])];
        // Numbers of cases may all begin as the heading of their column does.
        if (kind == Start::blank_or_headings ||
            (kind == Start::as_headings &&
             std::string_view(text + start, end - start).starts_with(format.headings->front()))) {
            const RowCells cells{text, row_ends, start, format.columns, without_return(text, start, end)};
            if (!regular || cells.all_blank() || are_headings(format, cells)) return false;
        }
        start = end + 1;
    }
    return regular;
}

std::uint32_t take_all(const RowFormat& format, const FieldIndex& index, char* text,
                       const CellBounds& bounds) {
    const auto [starts, ends] = bounds;
    const std::size_t cells = index.terminators * format.columns;
    if (format.returns)
        for (std::size_t last = format.columns - 1; last < cells; last += format.columns)
            ends[last] = without_return(text, starts[last], ends[last]);
    if (index.quotes)
        for (std::size_t i = 0; i < cells; ++i)
            if (text[starts[i]] == '"' && ends[i] > starts[i])
                unquote_at(text, starts[i], ends[i], index.doubled_quotes);
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
    if (row.count < format.columns) return {counts(), row.count + 1};
    for (std::uint32_t cell = format.columns; cell < row.count; ++cell) {
        if (blank(row.cell(cell))) continue;
        if (row.count > format.columns + format.unnamed) return {counts(), cell + 1};
        return {"cell " + std::to_string(cell + 1) + " has content, but the header gives its column no name",
                cell + 1};
    }
    return {};
}

Verdict judge(const RowFormat& format, const FieldIndex& index, const RowCells& row) {
    if (format.cut && cut_sequence({row.text + row.start, row.end - row.start}) > 0)
        return {"the file is cut off within a character of cell " + std::to_string(row.count), row.count};
    if (format.strict && index.quotes) {
        for (std::uint32_t cell = 0; cell < row.count; ++cell)
            if (row.cell(cell).starts_with('"') && !well_quoted(row.cell(cell)))
                return {"text follows the closing quote of cell " + std::to_string(cell + 1), cell + 1};
    }
    if (format.nul)
        if (const void* nul = std::memchr(row.text + row.start, 0, row.end - row.start))
            return {"row holds NUL bytes", row.cell_at(static_cast<const char*>(nul)) + 1};
    Verdict verdict = judge_count(format, row);
    if (verdict.reason.empty() && are_headings(format, row)) return {"the headings again", 1};
    return verdict;
}

// Goes through the rows one by one; accepted ones are moved down over rejected ones, never past them.
class RowByRow {
  public:
    RowByRow(const RowFormat& format, const FieldIndex& index, char* text, const CellBounds& bounds,
             Tally& tally)
        : format_(format),
          index_(index),
          text_(text),
          read_(bounds.ends),
          starts_(bounds.starts),
          ends_(bounds.ends),
          tally_(tally) {}

    std::uint32_t run() {
        for (std::size_t row = 0; row < index_.terminators; ++row) {
            std::uint32_t count = 1;
            while (text_[read_[count - 1]] == format_.separator) ++count;
            const std::uint32_t end = read_[count - 1];
            take({text_, read_, start_, count, without_return(text_, start_, end)}, end);
            read_ += count;
            start_ = end + 1;
        }
        return accepted_;
    }
    std::size_t consumed() const { return start_; }

  private:
    void take(const RowCells& row, std::uint32_t line_break) {
        if (row.end == row.start) {
            ++tally_.lines;  // an empty line is no row
            return;
        }
        const std::uint64_t lines =
            index_.breaks_in_quotes ? line_breaks(text_ + row.start, line_break + 1 - row.start) : 1;
        if (row.all_blank()) return tally_.pass_over_blank(lines);
        Verdict verdict = judge(format_, index_, row);
        if (!verdict.reason.empty()) return tally_.reject(std::move(verdict.reason), verdict.column, lines);
        accept(row);
        tally_.accept(1, lines);
    }

    void accept(const RowCells& row) {
        std::uint32_t next = row.start;
        for (std::uint32_t cell = 0; cell < format_.columns; ++cell) {
            std::uint32_t start = next;
            std::uint32_t end = row.cell_end(cell);
            next = row.ends[cell] + 1;  // read before it is overwritten
            if (end > start && text_[start] == '"') unquote_at(text_, start, end, index_.doubled_quotes);
            *starts_++ = start;
            *ends_++ = end;
        }
        ++accepted_;
    }

    const RowFormat& format_;
    const FieldIndex& index_;
    char* text_;
    const std::uint32_t* read_;
    std::uint32_t* starts_;
    std::uint32_t* ends_;
    Tally& tally_;
    std::uint32_t start_ = 0;
    std::uint32_t accepted_ = 0;
};

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

void Tally::pass_over_blank(std::uint64_t lines_taken) {
    ++rows;
    ++blank;
    lines += lines_taken;
}

void Tally::reject(std::string reason, std::uint32_t column, std::uint64_t lines_taken) {
    ++rows;
    if (lines_taken > 1) reason += "; the row runs over " + std::to_string(lines_taken) + " lines";
    rejected.push_back({.line = lines + 1, .row = rows, .column = column, .reason = reason});
    lines += lines_taken;
}

std::string size_text(std::size_t bytes) {
    const bool large = bytes >= std::size_t{1} << 20;
    return std::to_string(bytes >> (large ? 20 : 10)) + (large ? " MB" : " kB");
}

std::uint64_t line_breaks(const char* text, std::size_t length) {
    std::uint64_t breaks = 0;
    for (std::size_t i = 0; i < length; ++i)
        breaks += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    return breaks;
}

std::size_t build_block(const RowFormat& format, const FieldIndex& index, char* text,
                        const CellBounds& bounds, Tally& tally, Block& block) {
    block = {
        .text = text, .starts = bounds.starts, .ends = bounds.ends, .rows = 0, .columns = format.columns};
    if (all_regular(format, index, text, bounds.ends)) {
        const std::size_t consumed = bounds.ends[index.terminators * format.columns - 1] + std::size_t{1};
        block.rows = take_all(format, index, text, bounds);
        tally.accept(block.rows);
        return consumed;
    }
    RowByRow rows(format, index, text, bounds, tally);
    block.rows = rows.run();
    return rows.consumed();
}

}  // namespace caseaudit::extract
