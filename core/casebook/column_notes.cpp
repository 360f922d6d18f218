#include "casebook/column_notes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "casebook/identifying_text.h"
#include "dataset/headings.h"
#include "extract/heading.h"

namespace caseaudit::casebook {
namespace {

const std::string& heading(const std::vector<std::string>& headings, int column) {
    return headings[static_cast<std::size_t>(column)];
}

bool all_are_names(const FileColumns& match, const std::vector<std::string>& headings) {
    return std::all_of(match.unknown.begin(), match.unknown.end(),
                       [&](int column) { return extract::looks_like_name(heading(headings, column)); });
}

// "column 3", "columns 5 to 9": columns count from 0, and are told from 1.
std::vector<std::string> numbers(const std::vector<int>& columns) {
    std::vector<std::string> out;
    for (std::size_t first = 0; first < columns.size();) {
        std::size_t last = first;
        while (last + 1 < columns.size() && columns[last + 1] == columns[last] + 1) ++last;
        out.push_back(first == last ? fmt::format("column {}", columns[first] + 1)
                                    : fmt::format("columns {} to {}", columns[first] + 1, columns[last] + 1));
        first = last + 1;
    }
    return out;
}

// "HOME POST for HOME_POST"
std::vector<std::string> loose_names(const dataset::Table& table, const FileColumns& match,
                                     const std::vector<std::string>& headings) {
    std::vector<std::string> out;
    for (const int column : match.loose) {
        const std::string& text = heading(headings, column);
        const auto field =
            std::find(match.column_of.begin(), match.column_of.end(), column) - match.column_of.begin();
        out.push_back(fmt::format(
            "{} for {}", extract::looks_like_name(text) ? text : fmt::format("that of column {}", column + 1),
            table.fields[static_cast<std::size_t>(field)].name));
    }
    return out;
}

// "REVIEWCOD (did you mean REVIEW_CODE?)"
std::vector<std::string> near_misses(const dataset::Table& table, const FileColumns& match,
                                     const std::vector<std::string>& headings) {
    std::vector<std::string> out, absent;
    for (std::size_t field = 0; field < table.fields.size(); ++field)
        if (match.column_of[field] < 0) absent.push_back(table.fields[field].name);
    if (absent.empty() || !all_are_names(match, headings)) return out;
    for (const std::string& name : unknown_names(match, headings))
        if (const std::string near = dataset::near_name(name, absent); !near.empty())
            out.push_back(fmt::format("{} (did you mean {}?)", name, near));
    return out;
}

}  // namespace

std::vector<std::string> few(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 20;
    if (names.size() <= shown) return names;
    std::vector<std::string> some(names.begin(), names.begin() + shown);
    some.push_back(fmt::format("and {} more", names.size() - shown));
    return some;
}

std::vector<std::string> unknown_names(const FileColumns& match, const std::vector<std::string>& headings) {
    if (!all_are_names(match, headings)) return numbers(match.unknown);
    std::vector<std::string> names;
    for (const int column : match.unknown) names.push_back(heading(headings, column));
    return names;
}

Diagnostics column_notes(const dataset::Table& table, const FileColumns& match,
                         const std::vector<std::string>& headings, const std::string& file) {
    Diagnostics notes;
    const auto note = [&](const char* code, const std::string& message,
                          const std::vector<std::string>& names) {
        if (names.empty()) return;
        Diagnostic& one = notes.emplace_back();
        one.code = code;
        one.message = fmt::format("{}: {}", message, fmt::join(names, ", "));
        one.place.file = file;
    };
    note("casebook.unknown-column",
         fmt::format(
             "columns that {} does not have are passed over{}", table.label,
             all_are_names(match, headings)
                 ? ""
                 : ", and not named here, as what stands in the place of their headings may be values"),
         few(unknown_names(match, headings)));
    note("casebook.near-column", "headings that resemble columns which are absent",
         few(near_misses(table, match, headings)));
    note("casebook.loose-column",
         "headings are taken for columns whose names they have but for spaces, _ and -",
         few(loose_names(table, match, headings)));
    note("casebook.repeated-column", "columns that come twice, of which the first is used",
         few(match.repeated));
    note("casebook.absent-column",
         fmt::format("columns that {} should have are absent; rules that need them are skipped", table.label),
         match.absent);
    return notes;
}

std::string lost_line_break(const FileColumns& match, const std::vector<std::string>& headings) {
    std::vector<int> odd;
    bool values = false;
    for (const int column : match.unknown) {
        const std::string& text = heading(headings, column);
        if (extract::looks_like_name(text)) continue;
        odd.push_back(column);
        values |= looks_like_value(text);
    }
    if (match.column_of.empty()) return {};
    const int last_known = *std::max_element(match.column_of.begin(), match.column_of.end());
    if (!values || odd.size() < 2 || last_known < 0 || last_known > odd.front()) return {};
    return fmt::format(
        "the headings go on with what looks like the values of a record, from column {}: the line break "
        "after the "
        "headings may be lost; put it back, or export the file anew",
        odd.front() + 1);
}

}  // namespace caseaudit::casebook
