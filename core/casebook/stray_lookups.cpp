#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "casebook/damage.h"

namespace caseaudit::casebook {
namespace {

using dataset::FieldType;

// Whether the field holds what the reference table is looked up by: postcodes, or what has the same name.
bool is_looked_up(const dataset::Field& field, const dataset::Field& lookup) {
    if (lookup.type == FieldType::postcode) return field.type == FieldType::postcode;
    return field.name == lookup.name && field.type == lookup.type;
}

struct Looked {
    std::size_t at = 0;     // different values
    std::size_t found = 0;  // of these, in the reference table
};

// Some values of a column, from all over it.
Looked look(const Casebook& casebook, int reference, int table, Which which, int field) {
    constexpr std::uint32_t most_rows = 128;
    std::set<std::string> values;
    visit_some_rows(casebook.table(table, which).rows, most_rows, [&](std::uint32_t row) {
        if (casebook.state(table, which, field, row) == CellState::present)
            values.insert(casebook.cell(table, which, field, row));
    });
    const auto found = std::count_if(values.begin(), values.end(), [&](const std::string& value) {
        return casebook.look_up(reference, value) >= 0;
    });
    return {values.size(), static_cast<std::size_t>(found)};
}

class StrayLookups {
  public:
    StrayLookups(const Casebook& casebook, int reference)
        : casebook_(casebook), dataset_(casebook.dataset()), reference_(reference) {}

    void note(Diagnostics& notes) const {
        for (int table = 0; table < static_cast<int>(dataset_.tables.size()); ++table) {
            if (definition(table).reference || definition(table).runs) continue;
            for (const Which which : {Which::current, Which::prior}) note_table(table, which, notes);
        }
    }

  private:
    const dataset::Table& definition(int table) const {
        return dataset_.tables[static_cast<std::size_t>(table)];
    }
    const dataset::Field& lookup() const {
        const dataset::Table& of = definition(reference_);
        return of.fields[static_cast<std::size_t>(of.lookup)];
    }

    void note_table(int table, Which which, Diagnostics& notes) const {
        const TableView& view = casebook_.table(table, which);
        if (!view.present || view.rows == 0) return;
        for (std::size_t field = 0; field < view.columns.size(); ++field) {
            const dataset::Field& of = definition(table).fields[field];
            if (view.columns[field].storage == Storage::none || !is_looked_up(of, lookup())) continue;
            const Looked looked = look(casebook_, reference_, table, which, static_cast<int>(field));
            if (looked.at >= enough_to_tell && looked.found * 10 <= looked.at)
                notes.push_back(stray(table, which, of, looked));
        }
    }

    Diagnostic stray(int table, Which which, const dataset::Field& field, const Looked& looked) const {
        Diagnostic note;
        note.code = "casebook.stray-lookups";
        note.place.file = std::string(casebook_.origin(reference_, Which::current, 0).file);
        note.message = fmt::format("of {} different {} of {}{} that were looked up in it {}", looked.at,
                                   field.name, casebook_.origin(table, which, 0).file, of_extract(which),
                                   looked.found == 0 ? std::string("none is there")
                                                     : fmt::format("only {} are there", looked.found));
        note.hint =
            fmt::format("see that it is the whole list, and writes {} as the extract does", lookup().name);
        return note;
    }

    const Casebook& casebook_;
    const dataset::Dataset& dataset_;
    int reference_;
};

}  // namespace

void note_stray_lookups(const Casebook& casebook, Diagnostics& notes) {
    const dataset::Dataset& dataset = casebook.dataset();
    for (int table = 0; table < static_cast<int>(dataset.tables.size()); ++table) {
        const dataset::Table& definition = dataset.tables[static_cast<std::size_t>(table)];
        const TableView& view = casebook.table(table, Which::current);
        if (!definition.reference || definition.lookup < 0 || view.rows == 0) continue;
        if (view.columns[static_cast<std::size_t>(definition.lookup)].storage == Storage::none) continue;
        StrayLookups(casebook, table).note(notes);
    }
}

}  // namespace caseaudit::casebook
