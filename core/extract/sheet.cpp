#include "extract/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "extract/cell.h"
#include "extract/rows.h"

namespace caseaudit::extract {
namespace {

constexpr std::size_t most_columns = 16384;  // A to XFD
constexpr std::size_t most_text = std::size_t{1} << 20;

// AB12 -> 27; most_columns when it is no column.
std::size_t column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
        if (column > most_columns) break;
    }
    return column == 0 || column > most_columns ? most_columns : column - 1;
}

std::uint64_t natural(std::string_view text, std::uint64_t otherwise = 0) {
    std::uint64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

void SheetReader::start(XmlStream& stream, std::string_view name, std::span<const XmlAttribute> attributes) {
    if (name == "row") {
        row_ = {last_row_ + 1, {}, {}, 0};
        for (const XmlAttribute& one : attributes)
            if (one.name == "r" && natural(one.value) > last_row_) row_.number = natural(one.value);
        last_row_ = row_.number;
        next_column_ = 0;
        in_row_ = true;
    } else if (name == "c" && in_row_) {
        begin_cell(stream, attributes);
    } else if (in_cell_) {
        if (name == "f") has_formula_ = true;
        if (name == "rPh") ++pronounced_;
        in_value_ = name == "v" || (name == "t" && pronounced_ == 0);
        has_value_ = has_value_ || in_value_;
    }
}

void SheetReader::begin_cell(XmlStream& stream, std::span<const XmlAttribute> attributes) {
    in_cell_ = true;
    has_value_ = has_formula_ = in_value_ = false;
    pronounced_ = 0;
    text_.clear();
    kind_ = Kind::number;
    format_ = 0;
    column_ = next_column_;
    for (const XmlAttribute& one : attributes) {
        if (one.name == "r") column_ = column_of(one.value);
        if (one.name == "s") format_ = natural(one.value);
        if (one.name != "t") continue;
        kind_ = one.value == "s"   ? Kind::shared
                : one.value == "b" ? Kind::boolean
                : one.value == "n" ? Kind::number
                                   : Kind::text;
    }
    if (column_ >= most_columns) return stream.stop("a cell lies beyond the last column that a sheet has");
    next_column_ = column_ + 1;
}

void SheetReader::text(XmlStream&, std::string_view text) {
    if (!in_value_) return;
    if (text_.size() + text.size() > most_text)
        spoil("a cell is longer than " + size_text(most_text));
    else
        text_ += text;
}

void SheetReader::end(XmlStream& stream, std::string_view name) {
    if (name == "rPh") --pronounced_;
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "c" && in_cell_) end_cell();
    if (name != "row" || !in_row_) return;
    in_row_ = false;
    if ((!row_.cells.empty() || !row_.trouble.empty()) && !take_(row_)) stream.stop();
}

void SheetReader::end_cell() {
    in_cell_ = false;
    if (has_formula_ && !has_value_) {
        return spoil(
            "a formula has no value; open the workbook in a spreadsheet program, let it calculate, and save "
            "it");
    }
    if (kind_ == Kind::shared && !trimmed(text_).empty() && shared_text() >= workbook_.texts.size())
        return spoil("a cell's text is not in the workbook's list of texts: is the file damaged?");
    std::string cell = value();
    if (trimmed(cell).empty()) return;
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(cell);
}

// The current cell cannot be taken, nor its row; the first such cell is told of.
void SheetReader::spoil(std::string reason) {
    if (!row_.trouble.empty()) return;
    row_.trouble = std::move(reason);
    row_.trouble_column = static_cast<std::uint32_t>(column_) + 1;
}

// The number of the cell's text in the workbook's list; one that the list has not where it is no number.
std::uint64_t SheetReader::shared_text() const {
    return natural(trimmed(text_), workbook_.texts.size());
}

std::string SheetReader::value() const {
    switch (kind_) {
        case Kind::text:
            return text_;
        case Kind::shared:
            return trimmed(text_).empty() ? std::string() : std::string(workbook_.texts[shared_text()]);
        case Kind::boolean:
            return text_ == "1" ? "TRUE" : "FALSE";
        case Kind::number:
            break;
    }
    return number_text();
}

// A whole number as it stands, another with the fifteen digits that a spreadsheet shows, a date as one.
std::string SheetReader::number_text() const {
    const std::string_view text = trimmed(text_);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return text_;
    if (format_ < workbook_.dates.size() && workbook_.dates[format_]) {
        std::string date = date_of_serial(value, workbook_.from_1904);
        if (!date.empty()) return date;
    }
    if (text.find_first_of(".eE") == std::string_view::npos) return std::string(text);
    return fmt::format("{:.15g}", value);
}

}  // namespace caseaudit::extract
