#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dataset/dataset.h"
#include "dataset/draft.h"
#include "dataset/headings.h"

namespace caseaudit::dataset {
namespace {

// '*' stands for any text, '?' for one character.
bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p, ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

struct Best {
    int table = -1;
    double score = 0;
    std::vector<int> rivals;  // as good as `table`
    void offer(int candidate, double its_score) {
        if (its_score <= 0 || its_score < score) return;
        if (its_score == score) {
            rivals.push_back(candidate);
            return;
        }
        *this = {candidate, its_score, {}};
    }
};

// What follows the last dot, as in "dbo.ssd_person"; the whole name when there is none.
std::string_view without_schema(std::string_view stem) {
    const std::size_t dot = stem.rfind('.');
    return dot == std::string_view::npos ? stem : stem.substr(dot + 1);
}

// The pattern that says most about the name counts: "*swepisodes*" more than "*episodes*".
double name_score(const Table& table, const std::string& stem) {
    double best = 0;
    for (const std::string& file : table.files) {
        const std::string pattern = fold_file_name(file);
        if (!matches(pattern, stem) && !matches(pattern, without_schema(stem))) continue;
        const auto wild =
            std::count_if(pattern.begin(), pattern.end(), [](char c) { return c == '*' || c == '?'; });
        best =
            std::max(best, 1.0 + 2.0 * static_cast<double>(pattern.size() - static_cast<std::size_t>(wild)) +
                               (wild ? 0 : 1));
    }
    return best;
}

// Fields of the table that the columns hold.
std::set<int> fields_in(const Table& table, const std::vector<std::string>& columns) {
    const NamedFields named = name_fields(table, columns);
    std::set<int> out(named.field.begin(), named.field.end());
    out.erase(-1);
    return out;
}

int key_of(const Table& table) {
    return table.key.field >= 0 ? table.key.field : table.lookup;
}

constexpr double all_and_no_other = 1;

// Share of what is common among all that either side has; 0 without the key or half of the required fields.
double column_score(const Table& table, const std::vector<std::string>& columns) {
    const std::set<int> found = fields_in(table, columns);
    const int key = key_of(table);
    if (found.empty() || (key >= 0 && !found.count(key))) return 0;
    std::size_t required = 0, held = 0;
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        if (table.fields[i].optional) continue;
        ++required;
        held += found.count(static_cast<int>(i));
    }
    if (2 * held < required) return 0;
    return static_cast<double>(found.size()) /
           static_cast<double>(std::max(columns.size(), found.size()) + required - held);
}

Best best_by_columns(const Dataset& dataset, const std::vector<std::string>& columns) {
    Best best;
    for (std::size_t i = 0; i < dataset.tables.size(); ++i) {
        const Table& table = dataset.tables[i];
        if (!table.runs) best.offer(static_cast<int>(i), column_score(table, columns));
    }
    return best;
}

// Whether the columns are as well those that the table should have: it lacks none, or all are its own.
bool may_be(const Table& table, const std::vector<std::string>& columns) {
    const std::set<int> found = fields_in(table, columns);
    bool lacks = false;
    for (std::size_t i = 0; i < table.fields.size(); ++i)
        lacks |= !table.fields[i].optional && !found.count(static_cast<int>(i));
    const NamedFields named = name_fields(table, columns);
    return !lacks ||
           std::all_of(named.field.begin(), named.field.end(), [](int field) { return field >= 0; });
}

// Whether the columns say that the file is of another table than the one that it has the name of: they are
// exactly those of that table, or suffice for it and have nothing that the named one should have but its key.
bool at_odds(const Table& table, const std::vector<std::string>& columns, const Best& by_columns) {
    if (by_columns.score <= column_score(table, columns)) return false;
    const std::set<int> found = fields_in(table, columns);
    return by_columns.score == all_and_no_other || std::all_of(found.begin(), found.end(), [&](int field) {
               return field == key_of(table) || table.fields[static_cast<std::size_t>(field)].optional;
           });
}

std::string names(const Dataset& dataset, const Best& best) {
    std::vector<std::string> out = {dataset.tables[static_cast<std::size_t>(best.table)].name};
    for (const int rival : best.rivals) out.push_back(dataset.tables[static_cast<std::size_t>(rival)].name);
    return fmt::format("{}", fmt::join(out, ", "));
}

}  // namespace

int recognise(const Dataset& dataset, std::string_view file_stem, const std::vector<std::string>& columns,
              std::string& why) {
    const std::string stem = fold_file_name(file_stem);
    Best by_name;
    for (std::size_t i = 0; i < dataset.tables.size(); ++i) {
        const Table& table = dataset.tables[i];
        if (!table.runs) by_name.offer(static_cast<int>(i), name_score(table, stem));
    }
    // A name alone is not believed when the file holds nothing of that table.
    const bool named = by_name.table >= 0 && by_name.rivals.empty();
    const Table* table = named ? &dataset.tables[static_cast<std::size_t>(by_name.table)] : nullptr;
    const bool holds_some = named && (columns.empty() || !fields_in(*table, columns).empty());
    if (holds_some && may_be(*table, columns)) return by_name.table;
    const Best by_columns = best_by_columns(dataset, columns);
    if (holds_some && !at_odds(*table, columns, by_columns)) return by_name.table;
    if (holds_some) {
        why = fmt::format(
            "its name is that of table {}, but its columns fit {}: give it the name of the table it "
            "holds, or export it anew",
            names(dataset, by_name), names(dataset, by_columns));
        return -1;
    }
    if (by_columns.table >= 0 && by_columns.rivals.empty()) return by_columns.table;
    if (by_columns.table >= 0) {
        why = fmt::format("its columns fit several tables equally well: {}", names(dataset, by_columns));
    } else if (named) {
        why = fmt::format(
            "its name is that of table {}, but it has none of its columns, nor those of another table",
            names(dataset, by_name));
    } else {
        why = "neither its name nor its columns are those of a table of the dataset";
    }
    return -1;
}

}  // namespace caseaudit::dataset
