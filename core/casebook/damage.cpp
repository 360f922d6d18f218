#include "casebook/damage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "casebook/extract_age.h"
#include "extract/reader.h"

namespace caseaudit::casebook {
namespace {

// A file with all the tables that were read from it.
struct WholeFile {
    std::string name, sha256;
    Which which = Which::current;
    std::uint64_t rows = 0;
    bool of_cases = false;
};

// In the order of the inputs.
std::vector<WholeFile> whole_files(const dataset::Dataset& dataset, const std::vector<Input>& inputs) {
    std::vector<WholeFile> files;
    std::map<std::pair<Which, std::string>, std::size_t> by_path;
    for (const Input& input : inputs) {
        const int table = dataset.find_table(input.table);
        const auto [at, added] = by_path.try_emplace({input.which, input.path}, files.size());
        if (added) files.push_back({extract::shown_name(input.path), input.sha256, input.which, 0, false});
        WholeFile& file = files[at->second];
        file.rows += input.rows;
        file.of_cases |= table >= 0 && dataset.tables[static_cast<std::size_t>(table)].has_cases();
    }
    std::erase_if(files, [](const WholeFile& file) { return file.rows == 0 || file.sha256.empty(); });
    return files;
}

void note_twice(const std::vector<WholeFile>& files, Diagnostics& notes) {
    std::map<std::pair<Which, std::string_view>, const WholeFile*> first;
    for (const WholeFile& file : files) {
        const auto [at, added] = first.try_emplace({file.which, file.sha256}, &file);
        if (added) continue;
        // A copy mostly has the name of what it is a copy of, and more.
        const auto& [original, copy] = std::minmax(
            at->second->name, file.name,
            [](const auto& a, const auto& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
        Diagnostic note;
        note.code = "casebook.same-content";
        note.place.file = copy;
        note.message = fmt::format("has the same content as {}{}: its records count twice", original,
                                   of_extract(file.which));
        note.hint = "remove one of the two";
        notes.push_back(std::move(note));
    }
}

// Lists of staff and places, and files of a few records, may well stay as they were for a year.
void note_prior_is_current(std::vector<WholeFile> files, Diagnostics& notes) {
    std::erase_if(files, [](const WholeFile& file) { return !file.of_cases; });
    std::vector<const WholeFile*> same;
    std::size_t prior = 0;
    for (const WholeFile& file : files) {
        if (file.which != Which::prior) continue;
        ++prior;
        if (std::any_of(files.begin(), files.end(), [&](const WholeFile& other) {
                return other.which == Which::current && other.sha256 == file.sha256;
            }))
            same.push_back(&file);
    }
    Diagnostic note;
    note.code = "casebook.prior-is-current";
    note.hint = "give last year's files to --prior";
    if (!same.empty() && same.size() == prior) {
        note.message = fmt::format("the prior extract is the same as the current one: {}",
                                   prior == 1 ? "its file has the same content"
                                              : fmt::format("its {} files have the same content", prior));
        notes.push_back(std::move(note));
        return;
    }
    for (const WholeFile* file : same) {
        if (file->rows < enough_to_tell) continue;
        note.place.file = file->name;
        note.message = "the prior extract's file has the same content as this one's";
        notes.push_back(note);
    }
}

}  // namespace

void note_same_content(const dataset::Dataset& dataset, const std::vector<Input>& inputs,
                       Diagnostics& notes) {
    const std::vector<WholeFile> files = whole_files(dataset, inputs);
    note_twice(files, notes);
    note_prior_is_current(files, notes);
}

void note_single_cases(const Casebook& casebook, Diagnostics& notes) {
    // Fewer records, such as the missing periods of a small service, may well be of one child.
    constexpr std::uint32_t enough_rows = 100;
    const dataset::Dataset& dataset = casebook.dataset();
    for (const Which which : {Which::current, Which::prior}) {
        for (std::size_t number = 0; number < dataset.tables.size(); ++number) {
            const dataset::Table& definition = dataset.tables[number];
            const TableView& table = casebook.table(static_cast<int>(number), which);
            if (definition.key.field < 0 || !table.present || table.rows < enough_rows) continue;
            // The rows stand case by case, so that the one in the middle is of a case with most of them.
            const std::uint32_t most = table.case_starts.rows(table.case_starts.case_of(table.rows / 2));
            if (std::uint64_t{most} * 10 <= std::uint64_t{table.rows} * 9) continue;
            Diagnostic note;
            note.code = "casebook.single-case";
            note.message = fmt::format("{} of the {} rows of {}{} are of one and the same case", most,
                                       table.rows, definition.label, of_extract(which));
            note.hint = fmt::format("see that {} is right in each row",
                                    definition.fields[static_cast<std::size_t>(definition.key.field)].name);
            notes.push_back(std::move(note));
        }
    }
}

void note_empty_references(const Casebook& casebook, const std::vector<Input>& inputs, Diagnostics& notes) {
    for (const Input& input : inputs) {
        const int table = casebook.dataset().find_table(input.table);
        if (table < 0 || !casebook.dataset().tables[static_cast<std::size_t>(table)].reference) continue;
        if (casebook.table(table, Which::current).rows > 0) continue;
        Diagnostic note;
        note.code = "casebook.empty-reference";
        note.place.file = input.file;
        note.message = fmt::format(
            "no row of the reference table {} could be taken, so nothing is found in it", input.table);
        note.hint = fmt::format(
            "give the whole list, or leave out --reference {}=…: then the rules that need it "
            "are skipped",
            input.table);
        notes.push_back(std::move(note));
    }
}

Diagnostics damage(const Casebook& casebook, const std::vector<Input>& inputs) {
    Diagnostics notes;
    note_same_content(casebook.dataset(), inputs, notes);
    note_swapped_extracts(casebook, notes);
    note_empty_references(casebook, inputs, notes);
    note_unreadable_columns(casebook, inputs, notes);
    note_stray_keys(casebook, notes);
    note_stray_lookups(casebook, notes);
    note_single_cases(casebook, notes);
    return notes;
}

}  // namespace caseaudit::casebook
