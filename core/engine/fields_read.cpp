#include "engine/fields_read.h"

namespace caseaudit::engine {

using casebook::FieldsUsed;
using casebook::Which;

namespace {

// See Reporter::identity.
void add_identity(const dataset::Dataset& dataset, int table, FieldsUsed& used) {
    const dataset::Table& definition = dataset.tables[static_cast<std::size_t>(table)];
    if (definition.key.through_table < 0 && (definition.one_per_case || definition.lookup >= 0)) return;
    for (const int field : definition.identity) used.add(table, Which::current, field);
    if (definition.identity.empty()) used.add_all(table, Which::current);
}

void add_part(const RulePart& part, const dataset::Dataset& dataset, FieldsUsed& used) {
    for (const expression::Need& need : part.needs) used.add(need.table, need.which, need.field);
    for (const auto& [table, fields] : part.shown) {
        // A derived table's row stands for the records it was made of.
        if (dataset.tables[static_cast<std::size_t>(table)].runs) continue;
        for (const int field : fields)
            for (const Which which : {Which::current, Which::prior}) used.add(table, which, field);
    }
    if (part.table >= 0) add_identity(dataset, part.table, used);
}

}  // namespace

FieldsUsed fields_read(const std::vector<Plan>& plans, const dataset::Dataset& dataset) {
    FieldsUsed used(dataset);
    for (const Plan& plan : plans) {
        for (const expression::Need& need : plan.compiler->reads())
            used.add(need.table, need.which, need.field);
        for (const PlannedRule& rule : plan.rules)
            for (const RulePart& part : rule.parts) add_part(part, dataset, used);
    }
    return used;
}

}  // namespace caseaudit::engine
