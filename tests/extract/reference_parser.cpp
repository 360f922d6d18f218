#include "reference_parser.h"

#include <fmt/format.h>

namespace caseaudit::extract::testing {
namespace {

struct Record {
    std::vector<std::string> cells;
    std::size_t line = 0;
    std::size_t lines = 0;
    std::size_t misquoted = 0;  // the first cell with text after its closing quote, from 1
    std::size_t unclosed = 0;   // the cell whose quote stays open
    std::size_t unclosed_line = 0;
    bool empty = false;
    std::size_t nul = 0;  // the first cell with a NUL byte, from 1
    bool cut = false;
};

class Parser {
  public:
    Parser(const std::string& text, char separator) : text_(text), separator_(separator) {}

    bool done() const { return at_ >= text_.size(); }

    Record next() {
        Record record;
        record.line = line_;
        const std::size_t begin = at_;
        do record.cells.push_back(cell(record));
        while (!done() && text_[at_] == separator_ && ++at_);
        record.empty = at_ == begin;
        record.cut = done() && ends_within_character();
        for (std::size_t i = record.cells.size(); i > 0; --i)
            if (record.cells[i - 1].find('\0') != std::string::npos) record.nul = i;
        if (!done()) {
            take_break();
        } else if (!ends_with_break()) {
            ++line_;  // the file ends without a line break: this is a line all the same
        }
        record.lines = line_ - record.line;
        return record;
    }

  private:
    bool at_break() const { return !done() && (text_[at_] == '\n' || text_[at_] == '\r'); }
    bool ends_with_break() const { return text_.back() == '\n' || text_.back() == '\r'; }
    bool ends_within_character() const {
        return text_.ends_with("\xC3") || text_.ends_with("\xE2\x82") || text_.ends_with("\xF0\x9F\x98");
    }
    void take_break() {
        if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
        ++at_;
        ++line_;
    }

    std::string cell(Record& record) {
        std::string value;
        if (!done() && text_[at_] == '"') {
            const std::size_t line = line_;
            value = quoted(record);
            if (record.unclosed != 0) record.unclosed_line = line;
            if (!done() && text_[at_] != separator_ && !at_break() && record.misquoted == 0)
                record.misquoted = record.cells.size() + 1;
        }
        while (!done() && text_[at_] != separator_ && !at_break()) value += text_[at_++];
        return value;
    }

    std::string quoted(Record& record) {
        std::string value;
        ++at_;
        for (;;) {
            if (done()) {
                record.unclosed = record.cells.size() + 1;
                return value;
            }
            if (text_[at_] == '"') {
                if (++at_ >= text_.size() || text_[at_] != '"') return value;
                value += text_[at_++];
            } else if (at_break()) {
                const std::size_t from = at_;
                take_break();
                value += text_.substr(from, at_ - from);
            } else {
                value += text_[at_++];
            }
        }
    }

    const std::string& text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

bool blank(const std::string& cell) {
    return cell.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
}

constexpr const char* every_cell_is_blank = "every cell is blank";

std::string reason(const Record& record, std::size_t columns, std::size_t& column) {
    if (record.cut) {
        column = record.cells.size();
        return fmt::format("the file is cut off within a character of cell {}", column);
    }
    if (record.misquoted != 0) {
        column = record.misquoted;
        return fmt::format("text follows the closing quote of cell {}", column);
    }
    if (record.nul != 0) {
        column = record.nul;
        return "row holds NUL bytes";
    }
    std::size_t last = 0;  // the last cell that is not blank, from 1
    std::size_t surplus = 0;
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
        if (blank(record.cells[i])) continue;
        last = i + 1;
        if (i >= columns && surplus == 0) surplus = i + 1;
    }
    column = 1;
    if (last == 0) return every_cell_is_blank;
    if (record.cells.size() >= columns && surplus == 0) return "";
    column = surplus != 0 ? surplus : record.cells.size() + 1;
    return fmt::format("row has {} cell{}, the header has {}", record.cells.size(),
                       record.cells.size() == 1 ? "" : "s", columns);
}

std::string escaped(const std::string& cell) {
    std::string text;
    for (const char c : cell) text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
    return text;
}

}  // namespace

std::string reference_listing(const std::string& text, char separator, std::size_t columns) {
    Parser parser(text, separator);
    std::string accepted;
    std::string rejected;
    std::size_t row = 0, blank_rows = 0;
    parser.next();  // the header
    while (!parser.done()) {
        const Record record = parser.next();
        if (record.empty) continue;
        ++row;
        if (record.unclosed != 0) {
            const std::size_t over = record.line + record.lines - record.unclosed_line;
            rejected += fmt::format(
                "rejected row {} line {} column {}: the quote that opens cell {} is never closed: the row "
                "runs to the end "
                "of the file, over {} line{}\n",
                row, record.unclosed_line, record.unclosed, record.unclosed, over, over == 1 ? "" : "s");
            continue;
        }
        std::size_t column = 0;
        std::string why = reason(record, columns, column);
        if (why == every_cell_is_blank) {
            ++blank_rows;
            continue;
        }
        if (why.empty()) {
            accepted += fmt::format("row {} line {}:", row, record.line);
            for (std::size_t i = 0; i < columns; ++i) accepted += " [" + escaped(record.cells[i]) + "]";
            accepted += "\n";
            continue;
        }
        if (record.lines > 1) why += fmt::format("; the row runs over {} lines", record.lines);
        rejected += fmt::format("rejected row {} line {} column {}: {}\n", row, record.line, column, why);
    }
    if (blank_rows > 0 && accepted.empty() && rejected.empty())
        rejected = "rejected row 0 line 0 column 0: has no records: its rows hold nothing but blank cells\n";
    if (blank_rows > 0) accepted += fmt::format("passed over {} blank\n", blank_rows);
    return accepted + rejected;
}

}  // namespace caseaudit::extract::testing
