#include "casebook/file_columns.h"

#include "dataset/headings.h"

namespace caseaudit::casebook {

FileColumns match_columns(const dataset::Dataset& dataset, const dataset::Table& table,
                          const std::vector<std::string>& columns) {
    FileColumns match;
    match.column_of.assign(table.fields.size(), -1);
    const dataset::NamedFields named = dataset::name_fields(table, columns);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].empty()) continue;
        const int field = named.field[i];
        if (field < 0 && table.runs && match.key_column < 0 &&
            dataset::same_name(columns[i], dataset.case_name)) {
            match.key_column = static_cast<int>(i);  // rows given for a derived table name their case
            continue;
        }
        if (field < 0) {
            match.unknown.push_back(static_cast<int>(i));
            continue;
        }
        int& column = match.column_of[static_cast<std::size_t>(field)];
        if (column < 0) {
            column = static_cast<int>(i);
            if (named.loosely[i]) match.loose.push_back(column);
        } else {
            match.repeated.push_back(columns[i]);
        }
    }
    if (table.key.field >= 0 && table.key.through_table < 0) {
        match.key_column = match.column_of[static_cast<std::size_t>(table.key.field)];
    }
    for (std::size_t field = 0; field < table.fields.size(); ++field) {
        const bool needed = !table.fields[field].optional;
        if (match.column_of[field] < 0 && needed) match.absent.push_back(table.fields[field].name);
    }
    return match;
}

}  // namespace caseaudit::casebook
