// Rows and what is read of them.
#include "expression/checker.h"
#include "expression/column_load.h"
#include "expression/kernels.h"

namespace caseaudit::expression {

Type Checker::row_type(TableRef table) const {
    Type type;
    type.kind = Kind::row;
    type.table = table.table;
    type.which = table.which;
    return type;
}

Value Checker::rows_of_table(TableRef table) {
    auto list = std::make_shared<ListValue>();
    list->table = table;
    list->variable = builder_.new_variable(table);
    list->element = of(row_type(table), builder_.row(list->variable));
    Value value;
    value.type = row_type(table);
    value.type.kind = Kind::list;
    value.type.element = Kind::row;
    value.list = list;
    return value;
}

// `value`, which is of rows that `variable` stands for, at a given row.
Value Checker::at_row(const Value& row, const Value& value, Variable variable) {
    return of(value.type, builder_.at(row.operand, value.operand, variable));
}

Value Checker::field(const SyntaxPointer& tree, const Names& names, const Value& row,
                     const std::string& name) {
    const TableRef table{row.type.table, row.type.which};
    const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(table.table)];
    for (std::size_t i = 0; i < definition.fields.size(); ++i) {
        const dataset::Field& read = definition.fields[i];
        if (read.name != name) continue;
        Type type;
        type.kind = kind_of(read.type);
        if (read.type == dataset::FieldType::code) type.code_list = read.code_list;
        const int index = static_cast<int>(i);
        if (builder_.is_row_variable(row.operand)) {
            Value value = of(type, builder_.field(row.operand.variables[0], index, type));
            return read.otherwise ? otherwise(tree, names, row, index, value) : value;
        }
        // Rows of tables of no case are not gathered by batch: they are read one by one.
        if (!has_case(definition)) return apply(kernels::field_of_row, type, {row}, table.table, index);
        const Variable variable = builder_.new_variable(table);
        Value value = of(type, builder_.field(variable, index, type));
        if (read.otherwise)
            value = otherwise(tree, names, of(row.type, builder_.row(variable)), index, value);
        return value.failed ? value : at_row(row, value, variable);
    }
    for (const dataset::DerivedField& field : definition.derived)
        if (field.name == name) return derived(tree, names, row, {field.name, field.expression, field.place});
    std::vector<std::string> candidates;
    for (const dataset::Field& field : definition.fields) candidates.push_back(field.name);
    for (const dataset::DerivedField& field : definition.derived) candidates.push_back(field.name);
    return fail(tree, names, "expression.unknown-name",
                fmt::format("{} has no field '{}'", definition.name, name), did_you_mean(name, candidates));
}

// A field of the row, `value`, that is derived where the extract has no column of it.
Value Checker::otherwise(const SyntaxPointer& tree, const Names& names, const Value& row, int field,
                         const Value& value) {
    const TableRef table{row.type.table, row.type.which};
    const dataset::Field& definition =
        dataset_.tables[static_cast<std::size_t>(table.table)].fields[static_cast<std::size_t>(field)];
    Value formula = derived(tree, names, row,
                            {definition.name, definition.otherwise->expression, definition.otherwise->place});
    if (formula.failed) return formula;
    if (value.type.kind == Kind::decimal && formula.type.kind == Kind::integer) formula = to_decimal(formula);
    if (formula.type.kind != value.type.kind)
        return type_error(tree, names,
                          fmt::format("'{}' is {}, but what it is derived from is {}", definition.name,
                                      describe_type(value.type), describe_type(formula.type)));
    const int alternative = add_alternative(table, field, formula.operand.node);
    return of(value.type, builder_.otherwise(value.operand, formula.operand, value.type, alternative));
}

int Checker::add_alternative(TableRef table, int field, NodeId derived) {
    Alternative added{{table.table, table.which, field}, {}, {}};
    for (std::size_t i = 0; i < graph_.alternatives.size(); ++i)
        if (graph_.alternatives[i].column == added.column) return static_cast<int>(i);
    const dataset::Derivation& derivation = *dataset_.tables[static_cast<std::size_t>(table.table)]
                                                 .fields[static_cast<std::size_t>(field)]
                                                 .otherwise;
    added.needs = needs_.of(derived);
    std::erase_if(added.needs, [&](const Need& need) {
        const dataset::Table& of = dataset_.tables[static_cast<std::size_t>(need.table)];
        const auto is = [&](const std::string& name) {
            return name == of.name ||
                   (need.field >= 0 &&
                    name == of.name + "." + of.fields[static_cast<std::size_t>(need.field)].name);
        };
        return std::any_of(derivation.optional.begin(), derivation.optional.end(), is);
    });
    for (const std::string& name : derivation.parameters) {
        used_.parameters.insert(name);
        const auto found = environment_.parameters.find(name);
        const bool blank = found == environment_.parameters.end() ||
                           (found->second.kind == Kind::text && found->second.text.empty());
        if (blank) added.blank_parameters.push_back(name);
    }
    graph_.alternatives.push_back(std::move(added));
    return static_cast<int>(graph_.alternatives.size()) - 1;
}

// A derived field is its expression, in the scope of the row; tables mean those of the row's own extract.
Value Checker::derived(const SyntaxPointer& tree, const Names& names, const Value& row,
                       const Formula& field) {
    const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(row.type.table)];
    const std::string opened = definition.name + "." + field.name;
    if (auto cycle = check_cycle(tree, names, opened)) return *std::move(cycle);
    Names inside;
    inside.within = std::make_shared<const Trail>(Trail{"derived field " + opened, names.within});
    inside.tables = row.type.which;
    auto parsed = parse_cached(field.expression, field.place, inside.within);
    if (!parsed) {
        for (Diagnostic& error : parsed.errors()) errors_.push_back(std::move(error));
        return failed();
    }
    const bool in_place = builder_.is_row_variable(row.operand) || !has_case(definition);
    const Variable variable = in_place ? -1 : builder_.new_variable({row.type.table, row.type.which});
    inside.row = in_place ? row : of(row.type, builder_.row(variable));
    open_ = std::make_shared<const Trail>(Trail{opened, open_});
    inside.open = open_;
    Value value = check(*parsed, inside);
    open_ = inside.open->before;
    if (in_place || value.failed) return value;
    if (value.type.kind == Kind::interval) {
        auto interval = std::make_shared<IntervalValue>();
        interval->start = at_row(row, value.interval->start, variable);
        interval->end = at_row(row, value.interval->end, variable);
        value.interval = interval;
        return value;
    }
    if (value.type.kind == Kind::list)
        return type_error(
            tree, names,
            fmt::format("'{}' is a list, and lists are read of the rule's own row or a lambda's only",
                        opened));
    return at_row(row, value, variable);
}

Value Checker::case_key(const SyntaxPointer& tree, const Names& names) {
    if (names.row && !has_case(dataset_.tables[static_cast<std::size_t>(names.row->type.table)]))
        return type_error(tree, names, "a row of this table belongs to no case");
    return of(Kind::text, builder_.case_key());
}

Value Checker::step(const SyntaxPointer& tree, const Names& names, const Value& row, Kernel kernel,
                    Type type) {
    const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(row.type.table)];
    if (!has_case(definition))
        return type_error(
            tree, names,
            fmt::format("rows of '{}' belong to no case, so none comes before another", definition.name));
    return apply(kernel, type, {row}, row.type.table, static_cast<int>(row.type.which));
}

bool Checker::find_field(const SyntaxPointer& tree, Names& names, Value& row, int& field) {
    std::string name = tree->name;
    if (tree->form == Form::member) {
        row = check(tree->children[0], names);
        if (row.failed) return false;
    } else if (tree->form == Form::name && names.row) {
        row = *names.row;
    }
    if (row.type.kind != Kind::row) {
        type_error(tree, names, "the name of a field was expected", "for example occurrences(UPN)");
        return false;
    }
    const auto& fields = dataset_.tables[static_cast<std::size_t>(row.type.table)].fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == name) {
            field = static_cast<int>(i);
            return true;
        }
    std::vector<std::string> candidates;
    for (const dataset::Field& one : fields) candidates.push_back(one.name);
    fail(tree, names, "expression.unknown-name",
         fmt::format("{} has no field '{}'", dataset_.tables[static_cast<std::size_t>(row.type.table)].name,
                     name),
         did_you_mean(name, candidates));
    return false;
}

}  // namespace caseaudit::expression
