#include "expression/function_table.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

bool row_argument(Checker& checker, Call& call, Value& row) {
    row = checker.check(call.arguments[0], call.names);
    if (row.failed) return false;
    if (row.type.kind == Kind::row) return true;
    checker.type_error(call.arguments[0], call.names,
                       fmt::format("{} takes a row, but this is {}", call.function.doc.name,
                                   checker.describe_type(row.type)));
    return false;
}

Value check_step(Checker& checker, Call& call, Kernel kernel) {
    Value row;
    if (!row_argument(checker, call, row)) return Checker::failed();
    return checker.step(call.arguments[0], call.names, row, kernel, row.type);
}

Value check_position(Checker& checker, Call& call) {
    Value row;
    if (!row_argument(checker, call, row)) return Checker::failed();
    Type type;
    type.kind = Kind::integer;
    return checker.step(call.arguments[0], call.names, row, kernels::position_of, type);
}

// records(header), records(prior.header): all rows of a table, also of one with a row per case.
Value check_records(Checker& checker, Call& call) {
    const Value table = checker.check(call.arguments[0], call.names);
    if (table.failed || table.type.kind == Kind::list) return table;
    if (table.type.kind == Kind::row && checker.graph()[table.operand.node].op == Op::case_row)
        return checker.rows_of_table({table.type.table, table.type.which});
    return checker.type_error(call.arguments[0], call.names, "records takes the name of a table");
}

Value check_supplied(Checker& checker, Call& call) {
    const Value table = checker.check(call.arguments[0], call.names);
    if (table.failed) return table;
    const ListValue* list = table.list.get();
    const bool rows = list && list->form == ListValue::Form::rows && !list->mask && !list->mapped;
    const bool row = table.type.kind == Kind::row && checker.graph()[table.operand.node].op == Op::case_row;
    if (!rows && !row)
        return checker.type_error(call.arguments[0], call.names, "supplied takes the name of a table");
    const TableRef ref = rows ? list->table : TableRef{table.type.table, table.type.which};
    return Checker::of(Kind::boolean, checker.builder().supplied(ref));
}

// A function of a field by its name: a leaf over the rows of its table.
Value check_field_leaf(Checker& checker, Call& call, Kind kind, Operand (Builder::*leaf)(Variable, int)) {
    Value row;
    int field = -1;
    if (!checker.find_field(call.arguments[0], call.names, row, field)) return Checker::failed();
    Builder& builder = checker.builder();
    if (builder.is_row_variable(row.operand))
        return Checker::of(kind, (builder.*leaf)(row.operand.variables[0], field));
    const Variable variable = builder.new_variable({row.type.table, row.type.which});
    return checker.at_row(row, Checker::of(kind, (builder.*leaf)(variable, field)), variable);
}

Value check_occurrences(Checker& checker, Call& call) {
    return check_field_leaf(checker, call, Kind::integer, &Builder::occurrences);
}

Value check_invalid_text(Checker& checker, Call& call) {
    return check_field_leaf(checker, call, Kind::text, &Builder::invalid_text);
}

}  // namespace

void add_row_functions(std::vector<Function>& table) {
    add(table,
        {"prev", "prev(row) -> row",
         "The row before it in the case, in the table's order; no row before the first. prev alone is "
         "prev(row).",
         "prev(prev(row)).DECOM", "(blank)"},
        1, 1, [](Checker& checker, Call& call) { return check_step(checker, call, kernels::previous_row); });
    add(table,
        {"next", "next(row) -> row",
         "The row after it in the case; no row after the last. next alone is next(row).", "next(row).DECOM",
         "15 December 2025"},
        1, 1, [](Checker& checker, Call& call) { return check_step(checker, call, kernels::next_row); });
    add(table,
        {"position", "position(row) -> integer",
         "Its rank among the rows of the case, from 1; missing when there is no row. position alone is "
         "position(row).",
         "position(episodes.last())", "3"},
        1, 1, check_position);
    add(table,
        {"records", "records(table) -> list",
         "All rows of the case in a table, also where the table has one row per case.",
         "records(header).count()", "1"},
        1, 1, check_records);
    add(table,
        {"supplied", "supplied(table) -> boolean",
         "Whether the extract has the table at all, with or without rows of the case. Of use where the rule "
         "lists the table under `optional`.",
         "supplied(prior.reviews)", "no"},
        1, 1, check_supplied);
    add(table,
        {"occurrences", "occurrences(field) -> integer",
         "How many rows of the whole table, of all cases, have this row's value. Missing when the value is "
         "missing, or invalid without a text.",
         "occurrences(LS)", "3"},
        1, 1, check_occurrences);
    add(table,
        {"invalid_text", "invalid_text(field) -> text",
         "What stands in a cell that cannot be read as its type, so that two such cells can be compared; "
         "missing when the cell can be read or is blank.",
         "invalid_text(PL_POST)", "(blank)"},
        1, 1, check_invalid_text);
}

}  // namespace caseaudit::expression
