#include "extract/header.h"

#include <algorithm>
#include <array>

#include "extract/cell.h"
#include "extract/field_index.h"
#include "extract/rows.h"

namespace caseaudit::extract {
namespace {

constexpr std::string_view separators = ",;\t";

Diagnostic unsupported(std::string message) {
    Diagnostic result;
    result.code = "extract.encoding";
    result.message = std::move(message);
    result.hint = "save it as \"CSV UTF-8 (comma delimited)\"";
    return result;
}

// How many bytes of the file stand behind UTF-8 that was made from UTF-16.
std::uint64_t utf16_bytes(std::string_view text) {
    std::uint64_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
    }
    return units * 2;
}

struct Row {
    std::size_t next = 0;  // where the following row begins
    std::vector<std::string_view> cells;
};

// The row at the start of `text`; false if its end is not there.
bool split_row(std::string_view text, bool whole, char separator, Row& row) {
    StrictScanner scanner(separator);
    row = {};
    std::size_t begin = 0;
    const auto cell_to = [&](std::size_t end) {
        row.cells.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 == text.size() && !whole) return false;  // perhaps the half of CR LF
        const auto step = scanner.take(text[i], i + 1 < text.size() ? text[i + 1] : '\0');
        if (step == StrictScanner::Step::separator) cell_to(i);
        if (step != StrictScanner::Step::row_end) continue;
        row.next = i + 1;
        cell_to(text[i] == '\n' && i > begin && text[i - 1] == '\r' ? i - 1 : i);
        return true;
    }
    if (!whole) return false;
    row.next = text.size();
    cell_to(text.size());
    return true;
}

char likeliest_separator(std::string_view text, bool whole) {
    char best = ',';
    std::size_t most = 0;
    for (const char separator : separators) {
        Row row;
        split_row(text, whole, separator, row);
        if (row.cells.size() > most) {
            most = row.cells.size();
            best = separator;
        }
    }
    return best;
}

// The names in the row; false if one is not quoted as it should be.
bool take_names(const Row& row, std::vector<std::string>& names) {
    names.clear();
    for (const std::string_view cell : row.cells) {
        std::string name(trimmed(cell));
        if (name.starts_with('"')) {
            if (!well_quoted(name)) return false;
            const std::size_t length = unquote(name.data(), name.size());
            name = name.substr(1, length);
        }
        names.push_back(std::move(name));
    }
    return true;
}

// "sep=;" and the line's end, which Excel writes and reads; 0 if the text does not begin so.
std::size_t excel_directive(std::string_view text, char& separator) {
    if (!text.starts_with("sep=") || text.size() < 6 || separators.find(text[4]) == std::string_view::npos)
        return 0;
    const std::size_t next = text[5] == '\n'                      ? 6
                             : text[5] != '\r'                    ? 0
                             : text.size() > 6 && text[6] == '\n' ? 7
                                                                  : 6;
    if (next != 0) separator = text[4];
    return next;
}

Result<HeaderState> read_text(std::string_view text, bool whole, Header& header, std::size_t& next) {
    char directed = 0;
    std::size_t at = excel_directive(text, directed);
    while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) ++at;
    if (at == text.size()) return whole ? HeaderState::absent : HeaderState::needs_more;
    const std::string_view rest = text.substr(at);
    header.separator = directed != 0 ? directed : likeliest_separator(rest, whole);
    Row row;
    if (!split_row(rest, whole, header.separator, row)) return HeaderState::needs_more;
    if (!take_names(row, header.cells)) {
        Diagnostic error;
        error.code = "extract.header";
        error.message = "a quote in the header row is never closed, or text follows the closing one";
        return error;
    }
    next = at + row.next;
    header.lines = line_breaks(text.data(), next);
    return HeaderState::found;
}

Result<HeaderState> read_utf16(std::string_view file_start, bool whole, Header& header) {
    std::string text(utf8_bound(header.encoding, file_start.size()), '\0');
    std::size_t used = 0;
    text.resize(to_utf8(header.encoding, file_start.substr(2), text.data(), used, whole));
    std::size_t next = 0;
    auto state = read_text(text, whole, header, next);
    header.body = 2 + utf16_bytes(std::string_view(text).substr(0, next));
    return state;
}

}  // namespace

Result<HeaderState> read_header(std::string_view file_start, bool whole, Header& header) {
    using namespace std::string_view_literals;
    if (file_start.starts_with("\xFF\xFE\0\0"sv) || file_start.starts_with("\0\0\xFE\xFF"sv))
        return unsupported("the file is in UTF-32, which is not read");
    const bool little = file_start.starts_with("\xFF\xFE"sv);
    if (little || file_start.starts_with("\xFE\xFF"sv)) {
        header.encoding = little ? Encoding::utf16_little : Encoding::utf16_big;
        return read_utf16(file_start, whole, header);
    }
    header.encoding = Encoding::utf8;
    const std::size_t mark = file_start.starts_with("\xEF\xBB\xBF"sv) ? 3 : 0;
    std::size_t next = 0;
    auto state = read_text(file_start.substr(mark), whole, header, next);
    header.body = mark + next;
    const std::size_t judged = state && *state == HeaderState::found ? header.body : file_start.size();
    if (file_start.substr(0, judged).find('\0') != std::string_view::npos)
        return unsupported(
            "the header row holds NUL bytes: this is no CSV file, or it is in UTF-16 without a byte order "
            "mark");
    return state;
}

}  // namespace caseaudit::extract
