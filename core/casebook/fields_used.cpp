#include "casebook/fields_used.h"

#include <algorithm>

#include "dataset/carried_field.h"

namespace caseaudit::casebook {

FieldsUsed::FieldsUsed(const dataset::Dataset& dataset) : dataset_(&dataset) {
    for (const dataset::Table& table : dataset.tables)
        for (int which = 0; which < 2; ++which)
            uses_.push_back({std::vector<Use>(table.fields.size(), Use::none)});
    for (int table = 0; table < static_cast<int>(dataset.tables.size()); ++table)
        for (const Which which : {Which::current, Which::prior}) need_itself(table, which);
}

FieldsUsed FieldsUsed::all(const dataset::Dataset& dataset) {
    FieldsUsed used(dataset);
    for (int table = 0; table < static_cast<int>(dataset.tables.size()); ++table)
        for (const Which which : {Which::current, Which::prior}) used.add_all(table, which);
    return used;
}

void FieldsUsed::need_itself(int table, Which which) {
    const dataset::Table& definition = dataset_->tables[static_cast<std::size_t>(table)];
    for (const int field : definition.order) raise(table, which, field, Use::judged);
    raise(table, which, definition.key.field, Use::judged);
    raise(table, which, definition.lookup, Use::judged);
    // Links are followed in the row's own extract and in the other.
    if (definition.key.through_table >= 0)
        raise(definition.key.through_table, which, definition.key.through_field, Use::judged);
}

void FieldsUsed::raise(int table, Which which, int field, Use use) {
    if (field < 0) return;
    Use& now = uses_[at(table, which)].fields[static_cast<std::size_t>(field)];
    now = std::max(now, use);
}

void FieldsUsed::add(int table, Which which, int field, Use use) {
    uses_[at(table, which)].any = true;
    raise(table, which, field, use);
    const dataset::Table& definition = dataset_->tables[static_cast<std::size_t>(table)];
    if (!definition.runs) return;
    add_source(definition, which, field, use);
    if (which == Which::current && definition.runs->with_prior)
        add_source(definition, Which::prior, field, use);
}

void FieldsUsed::add_source(const dataset::Table& derived, Which which, int field, Use use) {
    const dataset::RunsOf& runs = *derived.runs;
    const dataset::Table& source = dataset_->tables[static_cast<std::size_t>(runs.table)];
    for (const int needed : {runs.start, runs.end}) add(runs.table, which, needed);
    // They tell which records of the prior extract the current one has as well.
    for (const int needed : source.identity) add(runs.table, which, needed);
    if (field < 0) return;
    if (const auto carried = dataset::carried_field(derived, source, field))
        add(runs.table, which, carried->field, use);
}

void FieldsUsed::add_all(int table, Which which) {
    const auto fields = static_cast<int>(dataset_->tables[static_cast<std::size_t>(table)].fields.size());
    add(table, which, -1);
    for (int field = 0; field < fields; ++field) add(table, which, field);
}

}  // namespace caseaudit::casebook
