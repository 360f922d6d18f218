#include "expression/oracle.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "casebook/postcode.h"

namespace oracle {

using expression::Form;
using expression::Kind;
using expression::Syntax;

std::string Oracle::show(const std::string& text, int table, Which which, std::uint32_t row) {
    auto source = std::make_shared<const expression::Source>(expression::Source{{text, {}}, {}});
    auto tree = expression::parse(source);
    if (!tree) throw std::runtime_error("the oracle cannot parse " + text);
    locals_.clear();
    own_ = absent(Kind::row, State::missing);
    case_ = row;
    if (table >= 0) {
        own_.state = State::present;
        own_.table = table;
        own_.which = which;
        own_.row = row;
        case_ = case_of(own_);
    }
    return shown(walk(**tree));
}

std::uint32_t Oracle::case_of(const Value& row) const {
    const auto starts = casebook_.table(row.table, row.which).case_starts;
    std::uint32_t found = 0;
    while (starts[found + 1] <= row.row) ++found;
    return found;
}

Value Oracle::rows_of(int table, Which which) {
    Value list = absent(Kind::list, State::present);
    const auto starts = casebook_.table(table, which).case_starts;
    for (std::uint32_t row = starts.empty() ? 0 : starts[case_]; !starts.empty() && row < starts[case_ + 1];
         ++row) {
        Value one = absent(Kind::row, State::present);
        one.table = table;
        one.which = which;
        one.row = row;
        list.elements.push_back(one);
    }
    return list;
}

Value Oracle::neighbour(const Value& row, int step) {
    if (!row.usable()) return row;
    const auto starts = casebook_.table(row.table, row.which).case_starts;
    const std::uint32_t in_case = case_of(row);
    const std::int64_t other = std::int64_t{row.row} + step;
    Value found = row;
    if (other < starts[in_case] || other >= starts[in_case + 1])
        found.state = State::missing;
    else
        found.row = static_cast<std::uint32_t>(other);
    return found;
}

Value Oracle::field(const Value& row, const std::string& name) {
    const dataset::Table& table = casebook_.dataset().tables[static_cast<std::size_t>(row.table)];
    std::size_t index = 0;
    while (table.fields.at(index).name != name) ++index;
    const auto type = table.fields[index].type;
    constexpr Kind kinds[] = {Kind::text,    Kind::text,    Kind::date,    Kind::integer,
                              Kind::decimal, Kind::boolean, Kind::postcode};
    Value value = absent(kinds[static_cast<int>(type)], State::missing);
    if (!row.usable()) return value;
    const int number = static_cast<int>(index);
    const auto state = casebook_.state(row.table, row.which, number, row.row);
    const std::string cell = casebook_.cell(row.table, row.which, number, row.row);
    if (state == casebook::CellState::missing) return value;
    value.state = State::present;
    if (state == casebook::CellState::invalid) {
        if (type != dataset::FieldType::code) return absent(value.kind, State::invalid);
        value.listed = false;
    }
    calendar::Day day;
    switch (value.kind) {
        case Kind::date:
            if (!calendar::parse_iso(cell, day)) throw std::runtime_error("not a date: " + cell);
            value.integer = day;
            break;
        case Kind::integer:
            value.integer = std::stoll(cell);
            break;
        case Kind::decimal:
            value.decimal = std::stod(cell);
            break;
        case Kind::boolean:
            value.truth = cell == "true" || cell == "1" || cell == "Y" || cell == "y" || cell == "yes";
            break;
        case Kind::postcode:
            value.integer = casebook::pack_postcode(cell);
            value.text = cell;
            break;
        default:
            value.text = cell;
    }
    return value;
}

Value Oracle::name(const std::string& name) {
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
        if (local->first == name) return local->second;
    if (name == "row") return own_;
    if (name == "prev" || name == "next") return neighbour(own_, name == "prev" ? -1 : 1);
    if (own_.table >= 0)
        for (const auto& field : casebook_.dataset().tables[static_cast<std::size_t>(own_.table)].fields)
            if (field.name == name) return this->field(own_, name);
    const int table = casebook_.dataset().find_table(name);
    if (table < 0) throw std::runtime_error("the oracle does not know " + name);
    Value rows = rows_of(table, Which::current);
    if (!casebook_.dataset().tables[static_cast<std::size_t>(table)].one_per_case) return rows;
    if (!rows.elements.empty()) return rows.elements[0];
    Value none = absent(Kind::row, State::missing);
    none.table = table;
    return none;
}

Value Oracle::with(const Value& element, const Syntax& tree) {
    locals_.emplace_back(tree.children[1]->name, element);
    Value value = walk(*tree.children[2]);
    locals_.pop_back();
    return value;
}

Value Oracle::binary(const Syntax& tree) {
    const Value a = walk(*tree.children[0]), b = walk(*tree.children[1]);
    const std::string& symbol = tree.name;
    if (symbol == "&&") return logical_and(a, b);
    if (symbol == "||") return logical_or(a, b);
    if (symbol == "in") {
        Value any = boolean(false);
        for (const Value& element : b.elements) any = logical_or(any, equal(a, element));
        return any;
    }
    if (symbol == "-" && a.kind == Kind::date) {
        Value x = a, y = b;
        x.kind = y.kind = Kind::integer;
        return arithmetic('-', x, y);
    }
    if (std::string("+-*/%").find(symbol) != std::string::npos) return arithmetic(symbol[0], a, b);
    if (!a.usable() || !b.usable()) return undecided();
    const int order = compare(a, b);
    return boolean(symbol == "=="   ? order == 0
                   : symbol == "!=" ? order != 0
                   : symbol == "<"  ? order < 0
                   : symbol == "<=" ? order <= 0
                   : symbol == ">"  ? order > 0
                                    : order >= 0);
}

Value Oracle::walk(const Syntax& tree) {
    switch (tree.form) {
        case Form::constant: {
            Value value = absent(tree.constant.kind, State::present);
            value.truth = tree.constant.boolean;
            value.integer = tree.constant.integer;
            value.decimal = tree.constant.decimal;
            value.text = tree.constant.text;
            return value;
        }
        case Form::name:
            return name(tree.name);
        case Form::member:
            if (tree.children[0]->form == Form::name && tree.children[0]->name == "prior")
                return rows_of(casebook_.dataset().find_table(tree.name), Which::prior);
            return field(walk(*tree.children[0]), tree.name);
        case Form::unary: {
            Value value = walk(*tree.children[0]);
            if (tree.name == "!") return value.usable() ? boolean(!value.truth) : undecided();
            value.integer = -value.integer;
            value.decimal = -value.decimal;
            return value;
        }
        case Form::binary:
            return binary(tree);
        case Form::conditional: {
            const Value condition = walk(*tree.children[0]);
            const Value a = walk(*tree.children[1]), b = walk(*tree.children[2]);
            if (!condition.usable()) return absent(a.kind, State::missing);
            return condition.truth ? a : b;
        }
        case Form::list: {
            Value list = absent(Kind::list, State::present);
            for (const auto& child : tree.children) list.elements.push_back(walk(*child));
            return list;
        }
        case Form::call:
        case Form::method:
            return method(tree);
        default:
            throw std::runtime_error("the oracle does not know this form");
    }
}

Value Oracle::method(const Syntax& tree) {
    std::vector<Value> values{walk(*tree.children[0])};
    if (values[0].kind == Kind::list) return list_method(tree, values[0]);
    for (std::size_t i = 1; i < tree.children.size(); ++i) values.push_back(walk(*tree.children[i]));
    return function(tree.name, values);
}

Value Oracle::list_method(const Syntax& tree, const Value& list) {
    const std::string& name = tree.name;
    const bool lambda = tree.children.size() == 3;
    std::vector<Value> bodies;
    for (const Value& element : list.elements) bodies.push_back(lambda ? with(element, tree) : boolean(true));
    const auto is_true = [&](std::size_t i) { return bodies[i].usable() && bodies[i].truth; };
    Value any = boolean(false), every = boolean(true), kept = absent(Kind::list, State::present);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (bodies[i].kind == Kind::boolean) {
            any = logical_or(any, bodies[i]);
            every = logical_and(every, bodies[i]);
        }
        if (is_true(i)) kept.elements.push_back(list.elements[i]);
    }
    if (name == "exists") return any;
    if (name == "all") return every;
    if (name == "empty") return boolean(list.elements.empty());
    if (name == "filter") return kept;
    if (name == "count") return number(static_cast<std::int64_t>(kept.elements.size()));
    if (name == "first" || name == "last") {
        Value none = absent(Kind::row, State::missing);
        none.table = casebook_.dataset().find_table("episodes");
        if (kept.elements.empty()) return none;
        return name == "first" ? kept.elements.front() : kept.elements.back();
    }
    if (name == "map") {
        kept.elements = bodies;
        return kept;
    }
    if (name == "count_distinct") {
        std::set<std::string> seen;
        for (const Value& body : bodies) {
            const auto parts = body.kind == Kind::list ? body.elements : std::vector<Value>{body};
            std::string key;
            bool all_absent = true;
            for (const Value& part : parts) {
                all_absent = all_absent && !part.usable();
                key +=
                    std::to_string(static_cast<int>(part.state)) + (part.usable() ? shown(part) : "") + "|";
            }
            if (!all_absent) seen.insert(key);
        }
        return number(static_cast<std::int64_t>(seen.size()));
    }
    if (name == "sum") {
        Value sum;
        for (const Value& body : bodies)
            if (body.usable()) sum = sum.state == State::missing ? body : arithmetic('+', sum, body);
        return sum.state == State::missing ? number(0) : sum;
    }
    // min, max, min_by, max_by
    std::size_t best = bodies.size();
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (!bodies[i].usable()) continue;
        if (best == bodies.size() || (name.starts_with("min") ? compare(bodies[i], bodies[best]) < 0
                                                              : compare(bodies[i], bodies[best]) > 0))
            best = i;
    }
    const bool row = name.ends_with("_by");
    if (best < bodies.size()) return row ? list.elements[best] : bodies[best];
    Value none = absent(row ? Kind::row : Kind::date, State::missing);
    none.table = casebook_.dataset().find_table("episodes");
    return none;
}

Value Oracle::function(const std::string& name, const std::vector<Value>& values) {
    const Value& a = values[0];
    const auto off_list = [](const Value& value) { return value.usable() && !value.listed; };
    if (name == "missing") return boolean(a.state == State::missing);
    if (name == "invalid") return boolean(a.state == State::invalid || off_list(a));
    if (name == "present") return boolean(a.usable() && a.listed);
    if (name == "string") {
        Value text = a;
        text.listed = true;
        return text;
    }
    if (name == "prev" || name == "next") return neighbour(a, name == "prev" ? -1 : 1);
    if (name == "position") {
        if (!a.usable()) return absent(Kind::integer, State::missing);
        return number(a.row - casebook_.table(a.table, a.which).case_starts[case_of(a)] + 1);
    }
    if (name == "coalesce") {
        for (const Value& value : values)
            if (value.usable() && value.listed) return value;
        return values.back();
    }
    if (name == "date") {
        Value date = absent(Kind::date, State::present);
        calendar::Day day{};
        calendar::parse_iso(a.text, day);
        date.integer = day;
        return date;
    }
    if (name == "interval") {
        Value interval = absent(Kind::interval, State::present);
        interval.elements = values;
        return interval;
    }
    const Value& b = values.size() > 1 ? values[1] : a;
    if (name == "same" || name == "differs") {
        if (a.state == State::invalid || b.state == State::invalid) return undecided();
        const bool same = a.usable() && b.usable() ? compare(a, b) == 0 : a.state == b.state;
        return boolean(same == (name == "same"));
    }
    if (name == "contains" && a.kind == Kind::interval) {
        const Value &start = a.elements[0], &end = a.elements[1];
        if (!start.usable() || !b.usable() || end.state == State::invalid) return undecided();
        return boolean(b.integer >= start.integer && (!end.usable() || b.integer < end.integer));
    }
    if (name == "overlaps") {
        for (const Value* one : {&a, &b})
            if (!one->elements[0].usable() || one->elements[1].state == State::invalid) return undecided();
        for (std::int64_t day = std::max(a.elements[0].integer, b.elements[0].integer);; ++day) {
            const auto inside = [day](const Value& one) {
                return !one.elements[1].usable() || day < one.elements[1].integer;
            };
            return boolean(inside(a) && inside(b));
        }
    }
    const bool invalid = a.state == State::invalid || b.state == State::invalid;
    const bool usable = a.usable() && b.usable();
    const auto state = invalid ? State::invalid : State::missing;
    if (name == "startsWith" || name == "contains") {
        if (!usable) return undecided();
        return boolean(name == "contains" ? a.text.find(b.text) != std::string::npos
                                          : a.text.starts_with(b.text));
    }
    if (name == "size")
        return usable ? number(static_cast<std::int64_t>(a.text.size())) : absent(Kind::integer, state);
    if (name == "upper" || name == "lower") {
        Value text = a;
        text.listed = true;
        for (char& c : text.text) c = static_cast<char>(name == "upper" ? std::toupper(c) : std::tolower(c));
        return text;
    }
    if (name == "days_between") return usable ? number(b.integer - a.integer) : absent(Kind::integer, state);
    if (name == "age_at")
        return usable ? number(calendar::age_at(static_cast<calendar::Day>(a.integer),
                                                static_cast<calendar::Day>(b.integer)))
                      : absent(Kind::integer, state);
    if (name == "add_days") {
        Value date = absent(Kind::date, usable ? State::present : state);
        date.integer = a.integer + b.integer;
        if (usable && std::abs(b.integer) > 400000) date.state = State::missing;
        if (usable && (date.integer < calendar::day_number(1800, 1, 1) ||
                       date.integer > calendar::day_number(2300, 12, 31)))
            date.state = State::missing;
        return date;
    }
    if (name == "least" || name == "greatest") {
        if (!usable) return absent(a.kind, state);
        return (compare(a, b) < 0) == (name == "least") ? a : b;
    }
    throw std::runtime_error("the oracle does not know " + name);
}

}  // namespace oracle
