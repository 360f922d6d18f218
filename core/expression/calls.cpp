#include "expression/function_table.h"

namespace caseaudit::expression {
namespace {

std::string plural(std::size_t count) {
    return fmt::format("{} argument{}", count, count == 1 ? "" : "s");
}

std::string expected_count(const Function& function) {
    const std::size_t least = function.check ? function.least : function.arguments.size();
    const std::size_t most = function.check ? function.most : function.arguments.size();
    if (least == most) return plural(least);
    if (most > 9) return "at least " + plural(least);
    return fmt::format("{} to {}", least, plural(most));
}

bool fits(const Function& function, std::size_t count) {
    if (!function.check) return count == function.arguments.size();
    return count >= function.least && count <= function.most;
}

}  // namespace

const std::vector<Function>& function_table() {
    static const std::vector<Function> table = [] {
        std::vector<Function> made;
        add_state_functions(made);
        add_list_functions(made);
        add_row_functions(made);
        add_text_functions(made);
        add_number_functions(made);
        add_date_functions(made);
        return made;
    }();
    return table;
}

const Function* find_function(const std::string& name) {
    for (const Function& function : function_table())
        if (function.doc.name == name) return &function;
    return nullptr;
}

const std::vector<FunctionDoc>& functions() {
    static const std::vector<FunctionDoc> docs = [] {
        std::vector<FunctionDoc> made;
        for (const Function& function : function_table()) made.push_back(function.doc);
        return made;
    }();
    return docs;
}

namespace {

std::string nearest_function(const std::string& name) {
    std::vector<std::string> candidates;
    for (const Function& one : function_table()) candidates.push_back(one.doc.name);
    std::string hint = did_you_mean(name, candidates);
    if (!hint.empty()) return hint;
    // By what it is called elsewhere: a part of ours, or with the same words.
    if (name == "weekday") return "did you mean 'day_of_week'?";
    if (name == "if" || name == "iif" || name == "IF") return "write condition ? one : other";
    if (name == "isnull" || name == "is_null" || name == "isblank") return "write missing(…)";
    for (const std::string& one : candidates)
        if (name.size() > 2 && one.find(name) != std::string::npos)
            return fmt::format("did you mean '{}'?", one);
    return "docs/expressions.md lists the functions";
}

void find_unknown_functions(const Syntax& tree, Diagnostics& errors) {
    const bool calls = tree.form == Form::call || tree.form == Form::method;
    if (calls && find_function(tree.name) == nullptr)
        errors.push_back(point_at(*tree.source, tree.begin, tree.end, "expression.unknown-name",
                                  fmt::format("there is no function '{}'", tree.name),
                                  nearest_function(tree.name)));
    for (const SyntaxPointer& child : tree.children) find_unknown_functions(*child, errors);
}

}  // namespace

Diagnostics check_unused(const Named& named, std::vector<std::string> within) {
    const auto tree = parse(std::make_shared<const Source>(Source{named.text, std::move(within)}));
    if (!tree) return tree.errors();
    Diagnostics errors;
    find_unknown_functions(**tree, errors);
    return errors;
}

Value Checker::call(const SyntaxPointer& tree, Names& names) {
    const Function* function = find_function(tree->name);
    if (!function) {
        std::string hint = nearest_function(tree->name);
        if (environment_.named.contains(tree->name))
            hint = fmt::format("write ${}(…) for the pack's own", tree->name);
        return fail(tree, names, "expression.unknown-name",
                    fmt::format("there is no function '{}'", tree->name), hint);
    }
    if (!fits(*function, tree->children.size()))
        return fail(
            tree, names, "expression.arguments",
            fmt::format("{} takes {}, not {}", tree->name, expected_count(*function), tree->children.size()),
            function->doc.signature);
    if (!function->check) return call_simple(tree, names, *function);
    Call made{tree, names, *function, tree->children};
    return function->check(*this, made);
}

Value Checker::call_simple(const SyntaxPointer& tree, Names& names, const Function& function) {
    std::vector<Value> values;
    bool fine = true;
    for (std::size_t i = 0; i < function.arguments.size(); ++i) {
        values.push_back(check(tree->children[i], names));
        fine = require(tree->children[i], names, values.back(), function.arguments[i]) && fine;
    }
    if (!fine) return failed();
    Type type;
    type.kind = function.result;
    return apply(function.kernel, type, values);
}

}  // namespace caseaudit::expression
