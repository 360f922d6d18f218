// Damage that hits a whole file or column, of which findings show no more than each record by itself. Told
// in notes: codes casebook.same-content, casebook.empty-reference, casebook.prior-is-current,
// casebook.swapped-extracts, casebook.unreadable-column, casebook.words-for-blanks, casebook.stray-keys,
// casebook.scientific-keys, casebook.stray-lookups, casebook.single-case. No note holds a value.
#pragma once
#include <algorithm>
#include <cstdint>

#include "casebook/casebook.h"
#include "casebook/load.h"

namespace caseaudit::casebook {

// Fewer values, or cases, than this tell nothing of a file as a whole.
inline constexpr std::uint64_t enough_to_tell = 20;

// Calls visit(row) for so many of a table's rows, or all if it has fewer, from all over it.
template <class Visit>
void visit_some_rows(std::uint32_t rows, std::uint32_t most, Visit&& visit) {
    const std::uint32_t some = std::min(rows, most);
    for (std::uint32_t i = 0; i < some; ++i)
        visit(static_cast<std::uint32_t>(std::uint64_t{i} * rows / some));
}

// What follows a table's or a file's name in a note.
inline const char* of_extract(Which which) {
    return which == Which::prior ? " (prior extract)" : "";
}

// All of those below and that of extract_age.h about swapped ones, for the extract that was loaded. Of an
// extract that is not damaged it looks at some starts of episodes, at the bitmaps of presence of columns with
// cells that cannot be read, and at no other rows than a few hundred.
Diagnostics damage(const Casebook& casebook, const std::vector<Input>& inputs);

// Files that are given twice, in one extract or as this one and the one before.
void note_same_content(const dataset::Dataset& dataset, const std::vector<Input>& inputs, Diagnostics& notes);
// Reference tables without a row.
void note_empty_references(const Casebook& casebook, const std::vector<Input>& inputs, Diagnostics& notes);
// Columns of a file of which over nine tenths cannot be read as their type or are not on their code list, and
// columns of dates of which many can only be read with the month first; of columns where words such as NULL
// stand for blank cells a note a file instead.
void note_unreadable_columns(const Casebook& casebook, const std::vector<Input>& inputs, Diagnostics& notes);
// Tables of which hardly any case is in the table that lists them (the dataset's first with one row a case),
// and case keys that a spreadsheet has made numbers in scientific notation.
void note_stray_keys(const Casebook& casebook, Diagnostics& notes);
// Reference tables in which hardly any of what a column names is found, of some of its rows.
void note_stray_lookups(const Casebook& casebook, Diagnostics& notes);
// Tables of which over nine tenths of the rows are of one case.
void note_single_cases(const Casebook& casebook, Diagnostics& notes);

}  // namespace caseaudit::casebook
