#include "expression/checker.h"
#include "expression/kernels.h"

namespace caseaudit::expression {

namespace {

Constant date_constant(calendar::Day day) {
    Constant constant;
    constant.kind = Kind::date;
    constant.date = day;
    return constant;
}

constexpr std::string_view special_names[] = {"row",   "prev",       "next",  "position",
                                              "as_at", "collection", "prior", "reference"};

// Codes are a few capitals and digits: C2, PN1, E4A.
bool looks_like_code(std::string_view name) {
    return name.size() <= 4 &&
           name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

// For what other languages write so.
std::string word_of_elsewhere(std::string_view name) {
    for (const std::string_view truth : {"TRUE", "True", "FALSE", "False"})
        if (name == truth) return truth.front() == 'T' ? "write true" : "write false";
    for (const std::string_view nothing : {"null", "NULL", "Null", "None", "nil", "blank"})
        if (name == nothing) return "to ask whether a value is blank, write missing(…)";
    return "";
}

}  // namespace

// Lambda variables, then fields of the rule's row, then tables, then the names that are always there.
Value Checker::name(const SyntaxPointer& tree, Names& names) {
    const std::string& name = tree->name;
    for (auto local = names.locals.rbegin(); local != names.locals.rend(); ++local) {
        if (local->name != name) continue;
        return local->argument ? argument_value(*local) : local->value;
    }
    if (names.row) {
        const TableRef table{names.row->type.table, names.row->type.which};
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(table.table)];
        for (const dataset::Field& field : definition.fields)
            if (field.name == name) return this->field(tree, names, *names.row, name);
        for (const dataset::DerivedField& derived : definition.derived)
            if (derived.name == name) return this->field(tree, names, *names.row, name);
    }
    for (const dataset::Table& table : dataset_.tables)
        if (table.name == name) return table_value(tree, names, name, names.tables);
    if (name == dataset_.case_name) return case_key(tree, names);
    if (name == "as_at") return constant(date_constant(environment_.as_at));
    if (names.row) {
        if (name == "row") return *names.row;
        Type integer;
        integer.kind = Kind::integer;
        if (name == "prev") return step(tree, names, *names.row, kernels::previous_row, names.row->type);
        if (name == "next") return step(tree, names, *names.row, kernels::next_row, names.row->type);
        if (name == "position") return step(tree, names, *names.row, kernels::position_of, integer);
    }
    return unknown_name(tree, names);
}

Value Checker::unknown_name(const SyntaxPointer& tree, const Names& names) {
    const std::string& name = tree->name;
    if (name == "prior" || name == "reference" || name == "collection") {
        const std::string example = name == "collection" ? "collection.start" : name + ".<table>";
        return fail(tree, names, "expression.unknown-name", fmt::format("'{}' needs a name after it", name),
                    "write " + example);
    }
    if (!names.row && (name == "row" || name == "prev" || name == "next" || name == "position"))
        return fail(tree, names, "expression.unknown-name",
                    fmt::format("there is no '{}' here: the rule is for each case", name));
    std::vector<std::string> candidates(std::begin(special_names), std::end(special_names));
    for (const Names::Local& local : names.locals) candidates.push_back(local.name);
    std::string where = "there is no name";
    if (names.row) {
        const dataset::Table& table = dataset_.tables[static_cast<std::size_t>(names.row->type.table)];
        for (const dataset::Field& field : table.fields) candidates.push_back(field.name);
        for (const dataset::DerivedField& derived : table.derived) candidates.push_back(derived.name);
        where = fmt::format("{} has no field", table.name);
    }
    for (const dataset::Table& table : dataset_.tables) candidates.push_back(table.name);
    if (environment_.parameters.contains(name) || environment_.lists.contains(name) ||
        environment_.named.contains(name))
        return fail(tree, names, "expression.unknown-name", fmt::format("{} '{}'", where, name),
                    fmt::format("write ${} for the pack's own", name));
    std::string hint = word_of_elsewhere(name);
    if (hint.empty()) hint = did_you_mean(name, candidates);
    if (hint.empty() && looks_like_code(name)) hint = fmt::format("a code stands in quotes: '{}'", name);
    return fail(tree, names, "expression.unknown-name", fmt::format("{} '{}'", where, name), std::move(hint));
}

Value Checker::table_value(const SyntaxPointer& tree, const Names& names, const std::string& name,
                           Which which) {
    for (std::size_t i = 0; i < dataset_.tables.size(); ++i) {
        const dataset::Table& table = dataset_.tables[i];
        if (table.name != name) continue;
        const TableRef reference{static_cast<int>(i), which};
        if (!has_case(table)) {
            if (table.lookup < 0)
                return type_error(tree, names,
                                  fmt::format("'{}' belongs to no case and has no key to look up by", name));
            return type_error(
                tree, names, fmt::format("'{}' belongs to no case", name),
                fmt::format("look a row up by its key: {}{}[…]", table.reference ? "reference." : "", name));
        }
        if (names.row && !has_case(dataset_.tables[static_cast<std::size_t>(names.row->type.table)]))
            return type_error(
                tree, names,
                fmt::format("a row of '{}' belongs to no case, so it has no '{}'",
                            dataset_.tables[static_cast<std::size_t>(names.row->type.table)].name, name));
        if (table.one_per_case) return of(row_type(reference), builder_.case_row(reference));
        return rows_of_table(reference);
    }
    std::vector<std::string> candidates;
    for (const dataset::Table& table : dataset_.tables) candidates.push_back(table.name);
    return fail(tree, names, "expression.unknown-name", fmt::format("there is no table '{}'", name),
                did_you_mean(name, candidates));
}

bool Checker::is_namespace(const SyntaxPointer& tree, const Names& names, std::string_view name) const {
    if (tree->form != Form::name || tree->name != name) return false;
    for (const Names::Local& local : names.locals)
        if (local.name == name) return false;
    if (!names.row) return true;
    const dataset::Table& table = dataset_.tables[static_cast<std::size_t>(names.row->type.table)];
    return std::none_of(table.fields.begin(), table.fields.end(),
                        [&](const auto& field) { return field.name == name; });
}

Value Checker::collection(const SyntaxPointer& tree, const Names& names) {
    const bool start = tree->name == "start";
    if (!start && tree->name != "end")
        return fail(tree, names, "expression.unknown-name",
                    fmt::format("the collection has no '{}'", tree->name),
                    "it has collection.start and collection.end");
    auto day = start ? environment_.collection_start : environment_.collection_end;
    if (!day) day = start ? dataset_.collection_start : dataset_.collection_end;
    if (!day)
        return fail(tree, names, "expression.unknown-name",
                    fmt::format("the {} of the collection is not known", tree->name),
                    fmt::format("give the pack a parameter collection_{}", tree->name));
    used_.parameters.insert(start ? "collection_start" : "collection_end");
    return constant(date_constant(*day));
}

Value Checker::member(const SyntaxPointer& tree, Names& names) {
    const SyntaxPointer& left = tree->children[0];
    if (is_namespace(left, names, "collection")) return collection(tree, names);
    if (is_namespace(left, names, "prior")) return table_value(tree, names, tree->name, Which::prior);
    if (is_namespace(left, names, "reference")) return table_value(tree, names, tree->name, Which::current);
    const Value value = check(left, names);
    if (value.failed) return value;
    if (value.type.kind == Kind::row) return field(tree, names, value, tree->name);
    std::string hint;
    if (value.type.kind == Kind::list && value.type.element == Kind::row)
        hint = fmt::format("take one row: .first().{}, or look at all: .exists(x, … x.{} …)", tree->name,
                           tree->name);
    return type_error(tree, names, fmt::format("{} has no field '{}'", describe_type(value.type), tree->name),
                      hint);
}

// reference.table[key], table[key]: the row of a table of no case with that key.
Value Checker::index(const SyntaxPointer& tree, Names& names) {
    const SyntaxPointer& left = tree->children[0];
    std::string name;
    if (left->form == Form::name) name = left->name;
    if (left->form == Form::member && is_namespace(left->children[0], names, "reference")) name = left->name;
    const int found = name.empty() ? -1 : dataset_.find_table(name);
    Value key = check(tree->children[1], names);
    if (found < 0 || has_case(dataset_.tables[static_cast<std::size_t>(found)])) {
        if (left->form == Form::member) {
            std::vector<std::string> references;
            for (const dataset::Table& table : dataset_.tables)
                if (table.reference) references.push_back(table.name);
            return fail(left, names, "expression.unknown-name",
                        fmt::format("there is no reference table '{}'", name),
                        did_you_mean(name, references));
        }
        return type_error(tree, names, "only tables of no case are looked up by a key",
                          "for the n-th row of a list write filter(x, position(x) == n).first()");
    }
    const dataset::Table& table = dataset_.tables[static_cast<std::size_t>(found)];
    if (table.lookup < 0) return type_error(left, names, fmt::format("'{}' has no key to look up by", name));
    if (key.failed) return key;
    const auto look_up = static_cast<std::size_t>(table.lookup);
    if (key.type.kind == Kind::integer) {
        Type text;
        text.kind = Kind::text;
        key = apply(kernels::to_text(Kind::integer), text, {key});
    }
    if (key.type.kind != Kind::text && key.type.kind != Kind::postcode)
        return type_error(tree->children[1], names,
                          fmt::format("the key {} must be text, but is {}", table.fields[look_up].name,
                                      describe_type(key.type)));
    return apply(kernels::look_up(key.type.kind), row_type({found, Which::current}), {key}, found);
}

Value Checker::dollar(const SyntaxPointer& tree, Names& names) {
    const std::string& name = tree->name;
    if (const auto found = environment_.parameters.find(name); found != environment_.parameters.end()) {
        used_.parameters.insert(name);
        return constant(found->second);
    }
    if (const auto found = environment_.lists.find(name); found != environment_.lists.end()) {
        used_.lists.insert(name);
        auto list = std::make_shared<ListValue>();
        list->form = ListValue::Form::elements;
        list->name = name;
        for (const Constant& element : found->second) list->elements.push_back(constant(element));
        Value value;
        value.type.kind = Kind::list;
        value.type.element = found->second.empty() ? Kind::text : found->second[0].kind;
        value.list = list;
        return value;
    }
    const auto found = environment_.named.find(name);
    if (found == environment_.named.end()) return unknown_dollar(tree, names);
    used_.named.insert(name);
    if (!found->second.arguments.empty())
        return fail(tree, names, "expression.arguments",
                    fmt::format("${} needs {} argument{}", name, found->second.arguments.size(),
                                found->second.arguments.size() == 1 ? "" : "s"),
                    fmt::format("write ${}({})", name, fmt::join(found->second.arguments, ", ")));
    return expand_once(tree, names, found->second);
}

// What depends on nothing but the rule's row means the same in every rule of its table. Not so lists, whose
// variables must not meet their like in one expression.
Value Checker::expand_once(const SyntaxPointer& tree, Names& names, const Named& named) {
    const auto row = plain_row(names);
    if (!row) return expand(tree, names, named, {});
    const std::tuple key(tree->name, *row, names.tables);
    if (const auto known = expanded_.find(key); known != expanded_.end()) {
        // It counts as often as it is used, so that what doubles at each step is stopped all the same.
        if (count_steps(known->second.steps)) return known->second.value;
        return expand(tree, names, named, {});
    }
    const std::size_t errors = errors_.size();
    const std::uint32_t before = steps_;
    Value value = expand(tree, names, named, {});
    if (errors_.size() == errors && value.type.kind != Kind::list && value.type.kind != Kind::interval)
        expanded_.emplace(key, Expanded{value, steps_ - before});
    return value;
}

Value Checker::dollar_call(const SyntaxPointer& tree, Names& names) {
    const auto found = environment_.named.find(tree->name);
    if (found == environment_.named.end()) return unknown_dollar(tree, names);
    used_.named.insert(tree->name);
    const Named& named = found->second;
    if (named.arguments.size() != tree->children.size())
        return fail(tree, names, "expression.arguments",
                    fmt::format("${} takes {} argument{}, not {}", tree->name, named.arguments.size(),
                                named.arguments.size() == 1 ? "" : "s", tree->children.size()),
                    fmt::format("write ${}({})", tree->name, fmt::join(named.arguments, ", ")));
    std::vector<Names::Local> arguments;
    for (std::size_t i = 0; i < named.arguments.size(); ++i)
        arguments.push_back({named.arguments[i], {}, tree->children[i], &names});
    const auto call = same_calls(tree, names, arguments);
    if (!call) return expand(tree, names, named, std::move(arguments));
    if (const auto known = called_.find(*call); known != called_.end() && count_steps(known->second.steps))
        return known->second.value;
    const std::size_t errors = errors_.size();
    const std::uint32_t before = steps_;
    Value value = expand(tree, names, named, std::move(arguments));
    if (errors_.size() == errors && value.type.kind != Kind::list && value.type.kind != Kind::interval)
        called_.emplace(*call, Expanded{value, steps_ - before});
    return value;
}

// What calls must have in common to mean the same: see expand_once(). Nothing where an argument depends on
// more than the rule's row, is a list, or has errors, which are then left to the place of its use.
std::optional<Checker::CallKey> Checker::same_calls(const SyntaxPointer& tree, Names& names,
                                                    std::vector<Names::Local>& arguments) {
    const auto row = plain_row(names);
    if (!row) return std::nullopt;
    CallKey call{tree->name, *row, names.tables, {}};
    for (Names::Local& argument : arguments) {
        const std::size_t errors = errors_.size();
        const Value value = argument_value(argument);
        if (errors_.size() > errors) errors_.resize(errors);  // fewer where the expression grew too large
        const auto& variables = value.operand.variables;
        if (!argument.checked || variables.size() > 1 || (variables.size() == 1 && variables[0] != *row))
            return std::nullopt;
        std::get<3>(call).push_back(value.operand.node);
    }
    return call;
}

// The variable of the rule's row, -1 where there is none; nothing where the row is another.
std::optional<Variable> Checker::plain_row(const Names& names) const {
    if (!names.row) return Variable{-1};
    const auto& operand = names.row->operand;
    if (operand.variables.size() != 1 || graph_[operand.node].op != Op::row) return std::nullopt;
    return operand.variables[0];
}

// An argument is the caller's: what is being expanded around its use is no part of it.
Value Checker::argument_value(Names::Local& argument) {
    if (argument.checked && count_steps(argument.steps)) return argument.value;
    auto around = std::exchange(open_, argument.argument_names->open);
    const std::uint32_t before = steps_;
    Value value = check(argument.argument, *argument.argument_names);
    open_ = std::move(around);
    argument.checked = !value.failed && value.type.kind != Kind::list && value.type.kind != Kind::interval;
    argument.steps = steps_ - before;
    if (argument.checked) argument.value = value;
    return value;
}

Value Checker::unknown_dollar(const SyntaxPointer& tree, const Names& names) {
    std::vector<std::string> candidates;
    for (const auto& [name, value] : environment_.parameters) candidates.push_back(name);
    for (const auto& [name, value] : environment_.lists) candidates.push_back(name);
    for (const auto& [name, value] : environment_.named) candidates.push_back(name);
    const std::string near = nearest(tree->name, candidates);
    return fail(tree, names, "expression.unknown-name",
                fmt::format("the pack has no parameter, list or expression '{}'", tree->name),
                near.empty() ? "" : fmt::format("did you mean '${}'?", near));
}

// A named expression sees its arguments, the rule's row and the tables, and nothing of the place of its use.
Value Checker::expand(const SyntaxPointer& tree, Names& names, const Named& named,
                      std::vector<Names::Local> arguments) {
    const std::string opened = "$" + tree->name;
    if (auto cycle = check_cycle(tree, names, opened)) return *std::move(cycle);
    Names inside;
    inside.locals = std::move(arguments);
    inside.row = names.row;
    inside.tables = names.tables;
    inside.within = std::make_shared<const Trail>(Trail{"expression " + opened, names.within});
    auto parsed = parse_cached(named.text.text, named.text.place, inside.within);
    if (!parsed) {
        for (Diagnostic& error : parsed.errors()) errors_.push_back(std::move(error));
        return failed();
    }
    open_ = std::make_shared<const Trail>(Trail{opened, open_});
    inside.open = open_;
    Value value = check(*parsed, inside);
    open_ = inside.open->before;
    return value;
}

}  // namespace caseaudit::expression
