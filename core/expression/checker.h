// Gives names and types to a syntax tree and adds its nodes to the graph. Notes every error it meets, not
// only the first. Private to expression/.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "expression/needs.h"
#include "expression/value.h"

namespace caseaudit::expression {

// Steps that led to a place, the last first. Shared, as most of a way is the same for all that begins on it.
struct Trail {
    std::string step;
    std::shared_ptr<const Trail> before;
};
using TrailPointer = std::shared_ptr<const Trail>;

// The names in sight at a place of an expression.
struct Names {
    struct Local {
        std::string name;
        Value value;                      // of a lambda variable; of an argument once `checked`
        SyntaxPointer argument;           // of a named expression's argument: checked where it is used,
        Names* argument_names = nullptr;  // with the names of the caller
        bool checked = false;
        std::uint32_t steps = 0;  // that checking it took
    };
    std::vector<Local> locals;      // innermost last
    std::optional<Value> row;       // the rule's own row
    Which tables = Which::current;  // which extract a table's plain name means
    TrailPointer within;            // for diagnostics, behind what the scope says
    TrailPointer open;              // what was being expanded where these names hold, against cycles
};

struct Function;

class Checker {
  public:
    Checker(const dataset::Dataset& dataset, const Environment& environment, Graph& graph, Used& used);

    Result<NodeId> compile(const Text& text, const Scope& scope, const std::optional<Type>& expected);
    void check_codes(bool on) {
        check_codes_ = on;
        expanded_.clear();
        called_.clear();
        compiled_.clear();
    }

    // The rest is for the functions of the language.
    Value check(const SyntaxPointer& tree, Names& names);
    Value fail(const SyntaxPointer& tree, const Names& names, std::string code, std::string message,
               std::string hint = "");
    Value type_error(const SyntaxPointer& tree, const Names& names, std::string message,
                     std::string hint = "");
    std::string describe_type(const Type& type) const { return describe(type, dataset_); }
    const dataset::Dataset& dataset() const { return dataset_; }
    Builder& builder() { return builder_; }
    NeedFinder& needs() { return needs_; }
    Graph& graph() { return graph_; }

    static Value failed();
    static Value of(Type type, Operand operand);
    static Value of(Kind kind, Operand operand);
    Value constant(const Constant& constant);
    Value apply(Kernel kernel, Type type, const std::vector<Value>& values, std::int64_t a = 0,
                std::int64_t b = 0);

    // operators.cpp
    Value equal(const SyntaxPointer& tree, Names& names, const Value& left, const Value& right, bool equal);
    // Makes two values one type, where an integer may become a decimal; false and an error if they differ.
    bool unify(const SyntaxPointer& tree, const Names& names, Value& left, Value& right);
    Value to_decimal(const Value& value);
    bool require(const SyntaxPointer& tree, const Names& names, Value& value, Kind kind);
    bool require_boolean(const SyntaxPointer& tree, const Names& names, Value& value);
    // Notes an error when a code is compared with a literal that its list does not have.
    void check_code(const SyntaxPointer& tree, const Names& names, const Value& code, const Value& literal);

    // rows.cpp
    Value field(const SyntaxPointer& tree, const Names& names, const Value& row, const std::string& name);
    // The field of the dataset that a name or member reads, with its row; fails else.
    bool find_field(const SyntaxPointer& tree, Names& names, Value& row, int& field);
    Value at_row(const Value& row, const Value& value, Variable variable);
    Value rows_of_table(TableRef table);
    Value step(const SyntaxPointer& tree, const Names& names, const Value& row, Kernel kernel, Type type);
    Type row_type(TableRef table) const;

    // lists.cpp
    Value quantified(Reduction reduction, Type type, const Value& list, std::optional<Operand> extra_mask,
                     const std::vector<Operand>& bodies);
    Operand conjunction(const std::optional<Operand>& a, const Operand& b);
    // Checks `tree` with the lambda variable `name` standing for the list's element.
    Value with_element(const Value& list, const std::string& name, const SyntaxPointer& tree, Names& names);
    Value membership(const SyntaxPointer& tree, Names& names, const Value& value, const Value& list,
                     const SyntaxPointer& value_tree);

  private:
    Value check_form(const SyntaxPointer& tree, Names& names);
    // operators.cpp
    Value unary(const SyntaxPointer& tree, Names& names);
    Value binary(const SyntaxPointer& tree, Names& names);
    Value logical(const SyntaxPointer& tree, const Names& names, Value left, Value right);
    Value order(const SyntaxPointer& tree, const Names& names, Value left, Value right);
    Value arithmetic(const SyntaxPointer& tree, const Names& names, Value left, Value right);
    Value conditional(const SyntaxPointer& tree, Names& names);
    Value conditional_list(const SyntaxPointer& tree, const Names& names, const Value& condition,
                           const Value& then, const Value& otherwise);
    Value list_literal(const SyntaxPointer& tree, Names& names);
    // names.cpp
    Value name(const SyntaxPointer& tree, Names& names);
    Value unknown_name(const SyntaxPointer& tree, const Names& names);
    Value dollar(const SyntaxPointer& tree, Names& names);
    Value dollar_call(const SyntaxPointer& tree, Names& names);
    Value expand(const SyntaxPointer& tree, Names& names, const Named& named,
                 std::vector<Names::Local> arguments);
    Value expand_once(const SyntaxPointer& tree, Names& names, const Named& named);
    using CallKey =
        std::tuple<std::string, Variable, Which, std::vector<NodeId>>;  // the last of the arguments
    std::optional<CallKey> same_calls(const SyntaxPointer& tree, Names& names,
                                      std::vector<Names::Local>& arguments);
    std::optional<Variable> plain_row(const Names& names) const;
    Value argument_value(Names::Local& argument);
    Variable row_variable(TableRef table);
    // Counts steps as if they were taken; false, and nothing counted, when that were too many.
    bool count_steps(std::uint32_t steps);
    Value unknown_dollar(const SyntaxPointer& tree, const Names& names);
    Value member(const SyntaxPointer& tree, Names& names);
    Value index(const SyntaxPointer& tree, Names& names);
    Value table_value(const SyntaxPointer& tree, const Names& names, const std::string& name, Which which);
    Value collection(const SyntaxPointer& tree, const Names& names);
    bool is_namespace(const SyntaxPointer& tree, const Names& names, std::string_view name) const;
    // rows.cpp
    struct Formula {  // parts of the dataset
        const std::string &name, &expression;
        const Place& place;
    };
    Value derived(const SyntaxPointer& tree, const Names& names, const Value& row, const Formula& formula);
    Value otherwise(const SyntaxPointer& tree, const Names& names, const Value& row, int field,
                    const Value& value);
    int add_alternative(TableRef table, int field, NodeId derived);
    Value case_key(const SyntaxPointer& tree, const Names& names);
    // calls.cpp
    Value call(const SyntaxPointer& tree, Names& names);
    Value call_simple(const SyntaxPointer& tree, Names& names, const Function& function);

    std::optional<NodeId> finish(const SyntaxPointer& tree, Names& names, Value value,
                                 const std::optional<Type>& expected);
    NodeId list_node(const SyntaxPointer& tree, const Names& names, const Value& value);
    // Of named expressions and derived fields, which are used over and over.
    // The error of a cycle where `step` is being expanded already; else nothing.
    std::optional<Value> check_cycle(const SyntaxPointer& tree, const Names& names, const std::string& step);
    std::vector<std::string> steps_to(const TrailPointer& within) const;
    Result<SyntaxPointer> parse_cached(const std::string& text, const Place& place,
                                       const TrailPointer& within);

    const dataset::Dataset& dataset_;
    const Environment& environment_;
    Graph& graph_;
    Builder builder_;
    NeedFinder needs_;
    Used& used_;
    Diagnostics errors_;
    std::unordered_map<const std::string*, SyntaxPointer> parsed_;  // by the text's own place in memory
    std::map<TableRef, Variable> row_variables_;                    // of the rules' own rows
    struct Expanded {
        Value value;
        std::uint32_t steps;  // that it took
    };
    // Named expressions without arguments, by name, the variable of the row and the extract that tables are
    // of.
    std::map<std::tuple<std::string, Variable, Which>, Expanded> expanded_;
    std::map<CallKey, Expanded> called_;  // named expressions with arguments, the same way
    // Texts of any type, by their scope's table and extract.
    std::map<std::pair<int, Which>, std::unordered_map<std::string, NodeId>> compiled_;
    bool check_codes_ = true;
    const std::vector<std::string>* scope_within_ = nullptr;  // of the expression in hand
    TrailPointer open_;  // named expressions and derived fields being expanded, against cycles
    int depth_ = 0;
    std::size_t lambdas_ = 0;  // whose variables are in sight
    std::uint32_t steps_ = 0;  // trees checked for this expression, named expressions expanded
};

// Whether the rows of a table belong to cases.
bool has_case(const dataset::Table& table);

// "did you mean 'DECOM'?" of the nearest candidate, or "".
std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates);

}  // namespace caseaudit::expression
