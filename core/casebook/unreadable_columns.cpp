#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

#include "casebook/cell_shapes.h"
#include "casebook/damage.h"

namespace caseaudit::casebook {
namespace {

using dataset::FieldType;

std::uint64_t present_cells(const ColumnView& column, std::uint32_t rows) {
    if (column.storage == Storage::none) return 0;
    if (column.validity == nullptr) return rows;
    std::uint64_t count = 0;
    for (std::uint32_t word = 0; word < rows / 64; ++word) {
        std::uint64_t bits;
        std::memcpy(&bits, column.validity + std::size_t{word} * 8, 8);
        count += static_cast<std::uint64_t>(std::popcount(bits));
    }
    for (std::uint32_t row = rows / 64 * 64; row < rows; ++row)
        count += column.validity[row >> 3] >> (row & 7) & 1;
    return count;
}

// A column in one file.
struct Cells {
    std::uint64_t present = 0;
    std::vector<std::uint32_t> invalid;  // text ids
    std::uint64_t values() const { return present + invalid.size(); }
};

// A file as the user knows it, of this extract or the prior one.
using CellsByFile = std::map<std::string, Cells, std::less<>>;
// The columns of a file in which words stand for blank cells.
using ColumnsByFile = std::map<std::string, std::vector<std::string>, std::less<>>;

class ColumnJudge {
  public:
    ColumnJudge(const Casebook& casebook, int table, Which which, int field, bool several_files)
        : casebook_(casebook),
          view_(casebook.table(table, which)),
          column_(view_.columns[static_cast<std::size_t>(field)]),
          field_(casebook.dataset()
                     .tables[static_cast<std::size_t>(table)]
                     .fields[static_cast<std::size_t>(field)]),
          table_(table),
          which_(which),
          several_files_(several_files) {}

    void note(Diagnostics& notes, ColumnsByFile& not_blank) const {
        if (column_.invalid_rows.size() < enough_to_tell) return;
        for (const auto& [file, cells] : by_file()) {
            if (cells.invalid.size() < enough_to_tell) continue;
            if (most_stand_for_blanks(cells))
                not_blank[file].push_back(field_.name);
            else if (cells.invalid.size() * 10 > cells.values() * 9)
                notes.push_back(unreadable(file, cells));
            else if (field_.type == FieldType::date && is_month_first(cells))
                notes.push_back(month_first(file, cells));
        }
    }

  private:
    CellsByFile by_file() const {
        CellsByFile files;
        const auto first = casebook_.origin(table_, which_, 0).file;
        Cells all{present_cells(column_, view_.rows),
                  {column_.invalid_texts.begin(), column_.invalid_texts.end()}};
        if (!several_files_) {
            files.emplace(first, std::move(all));
            return files;
        }
        std::size_t invalid = 0;
        for (std::uint32_t row = 0; row < view_.rows; ++row) {
            const bool is_invalid =
                invalid < column_.invalid_rows.size() && column_.invalid_rows[invalid] == row;
            const bool present = column_.storage != Storage::none && column_.holds(row);
            if (!is_invalid && !present) continue;
            Cells& cells = files[std::string(casebook_.origin(table_, which_, row).file)];
            if (is_invalid)
                cells.invalid.push_back(column_.invalid_texts[invalid++]);
            else
                ++cells.present;
        }
        return files;
    }

    Diagnostic begin(const std::string& file) const {
        Diagnostic note;
        note.code = "casebook.unreadable-column";
        note.place.file = file;
        return note;
    }

    Diagnostic unreadable(const std::string& file, const Cells& cells) const {
        Diagnostic note = begin(file);
        const bool code = field_.type == FieldType::code;
        const std::uint64_t all = cells.values(), invalid = cells.invalid.size();
        note.message =
            invalid == all
                ? fmt::format("none of the {} values of {}{} {} {}", all, field_.name, of_extract(which_),
                              code ? "is" : "can be read as", kind())
                : fmt::format("{} of the {} values of {}{} {} {}", invalid, all, field_.name,
                              of_extract(which_), code ? "are not each" : "cannot be read as", kind());
        note.hint = hint(cells);
        return note;
    }

    // Where month and day have changed places half of the days still look like dates, and are others.
    Diagnostic month_first(const std::string& file, const Cells& cells) const {
        Diagnostic note = begin(file);
        note.message = fmt::format(
            "{} of the {} values of {}{} are dates only if the month comes before the day: then the others, "
            "which can be read, are read as other days than they are",
            cells.invalid.size(), cells.values(), field_.name, of_extract(which_));
        note.hint = format_hint();
        return note;
    }

    bool is_month_first(const Cells& cells) const {
        return cells.invalid.size() * 4 > cells.values() && shape(cells) == DateShape::month_first;
    }

    std::string kind() const {
        switch (field_.type) {
            case FieldType::code:
                return "a code of its list";
            case FieldType::date:
                return "a date";
            case FieldType::integer:
                return "a whole number";
            case FieldType::decimal:
                return "a number";
            case FieldType::boolean:
                return "yes or no";
            case FieldType::postcode:
                return "a postcode";
            case FieldType::text:
                return "a text";
        }
        return {};
    }

    // Some of the texts, evenly from all of the file.
    std::vector<std::string_view> sample(const Cells& cells) const {
        constexpr std::size_t most = 1000;
        std::vector<std::string_view> texts;
        const std::size_t count = std::min(cells.invalid.size(), most);
        for (std::size_t i = 0; i < count; ++i)
            texts.push_back(casebook_.text(cells.invalid[i * cells.invalid.size() / count]));
        return texts;
    }

    bool most_stand_for_blanks(const Cells& cells) const {
        const auto texts = sample(cells);
        return static_cast<std::size_t>(std::count_if(texts.begin(), texts.end(), stands_for_blank)) * 2 >
               texts.size();
    }

    // That of most of the texts.
    DateShape shape(const Cells& cells) const {
        std::map<DateShape, std::size_t> counts;
        const auto texts = sample(cells);
        for (const auto text : texts) ++counts[date_shape(text)];
        for (const auto& [shape, count] : counts)
            if (count * 10 > texts.size() * 6) return shape;
        return DateShape::other;
    }

    std::string format_hint() const {
        const auto& formats = field_.date_formats;
        return fmt::format("format the column as {} and save the file again",
                           formats.empty() ? "yyyy-mm-dd" : fmt::format("{}", fmt::join(formats, " or ")));
    }

    std::string hint(const Cells& cells) const {
        if (field_.type == FieldType::date) return date_hint(shape(cells));
        if (field_.type == FieldType::code && field_.code_list >= 0) return code_hint(cells);
        return other_column;
    }

    std::string date_hint(DateShape shape) const {
        const auto because = [&](std::string_view reason) {
            return fmt::format("{}: {}", reason, format_hint());
        };
        switch (shape) {
            case DateShape::serial:
                return because("they look like a spreadsheet's serial numbers of days");
            case DateShape::month_first:
                return because("they have the month where the day should be");
            case DateShape::month_named:
                return because("they have the month in letters");
            case DateShape::with_time:
                return because("they have a time of day that cannot be read");
            case DateShape::run_together:
                return because("they have nothing between day, month and year");
            case DateShape::two_digit_year:
                return because("their years have two figures");
            case DateShape::separators:
                return because("they have day, month and year, but not as they should be written");
            case DateShape::hashes:
                return "a spreadsheet shows a column that is too narrow so: widen it and save the file again";
            case DateShape::other:
                break;
        }
        return other_column;
    }

    std::string code_hint(const Cells& cells) const {
        const auto& codes = casebook_.dataset().code_lists[static_cast<std::size_t>(field_.code_list)].codes;
        const auto listed = [&](std::string_view text, auto member) {
            return std::any_of(codes.begin(), codes.end(), [&](const dataset::Code& code) {
                return !(code.*member).empty() && dataset::same_name(code.*member, text);
            });
        };
        const auto texts = sample(cells);
        const auto most = [&](auto fits) {
            return static_cast<std::size_t>(std::count_if(texts.begin(), texts.end(), fits)) * 2 >
                   texts.size();
        };
        if (most([&](std::string_view text) { return listed(text, &dataset::Code::label); }))
            return "they are what the codes stand for: give the codes themselves";
        if (most([&](std::string_view text) {
                return text.ends_with(".0") && listed(text.substr(0, text.size() - 2), &dataset::Code::value);
            }))
            return "they are codes written as numbers with a decimal point: format the column as text";
        if (most([&](std::string_view text) {
                return listed("0" + std::string(text), &dataset::Code::value);
            }))
            return "they are codes that have lost the zero before them: format the column as text";
        return other_column;
    }

    static constexpr const char* other_column =
        "see that the column holds what its heading says: values may stand under the heading of another "
        "column";

    const Casebook& casebook_;
    const TableView& view_;
    const ColumnView& column_;
    const dataset::Field& field_;
    int table_;
    Which which_;
    bool several_files_;
};

Diagnostic words_for_blanks(const std::string& file, const std::vector<std::string>& columns, Which which) {
    Diagnostic note;
    note.code = "casebook.words-for-blanks";
    note.place.file = file;
    note.message = fmt::format(
        "cells of {}{} hold NULL, NaN, N/A or the like where they should be blank, and count as values that "
        "cannot be read",
        fmt::join(columns, ", "), of_extract(which));
    note.hint = "export the file so that a blank cell is empty; columns of texts may hold such words too";
    return note;
}

}  // namespace

void note_unreadable_columns(const Casebook& casebook, const std::vector<Input>& inputs, Diagnostics& notes) {
    const auto& tables = casebook.dataset().tables;
    for (const Which which : {Which::current, Which::prior}) {
        for (std::size_t table = 0; table < tables.size(); ++table) {
            if (tables[table].runs || !casebook.table(static_cast<int>(table), which).present) continue;
            const auto files = std::count_if(inputs.begin(), inputs.end(), [&](const Input& input) {
                return input.which == which && input.table == tables[table].name;
            });
            ColumnsByFile not_blank;
            for (std::size_t field = 0; field < tables[table].fields.size(); ++field)
                ColumnJudge(casebook, static_cast<int>(table), which, static_cast<int>(field), files > 1)
                    .note(notes, not_blank);
            for (const auto& [file, columns] : not_blank)
                notes.push_back(words_for_blanks(file, columns, which));
        }
    }
}

}  // namespace caseaudit::casebook
