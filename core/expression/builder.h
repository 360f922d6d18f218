// Adds nodes to the graph for a compiler that thinks in variables: works out each node's domain and the
// positions on its edges. Private to expression/.
#pragma once
#include <initializer_list>
#include <vector>

#include "expression/graph.h"

namespace caseaudit::expression {

using Variable = int;

// A node together with the variables that fill its domain, in order.
struct Operand {
    NodeId node = -1;
    std::vector<Variable> variables;
    bool valid() const { return node >= 0; }
};

class Builder {
  public:
    explicit Builder(Graph& graph) : graph_(graph) {}

    Variable new_variable(TableRef table);
    TableRef table_of(Variable variable) const { return tables_[static_cast<std::size_t>(variable)]; }

    Operand constant(const Constant& constant);
    Operand row(Variable variable);
    Operand field(Variable variable, int field, Type type);
    // The text of the cells that are invalid; missing for the others.
    Operand invalid_text(Variable variable, int field);
    Operand occurrences(Variable variable, int field);
    Operand case_row(TableRef table);
    Operand supplied(TableRef table);
    Operand case_key();
    Operand apply(Kernel kernel, Type type, const std::vector<Operand>& children, std::int64_t a = 0,
                  std::int64_t b = 0);
    // `value`, whose one variable at most is `variable`, at the row that `row` gives.
    Operand at(const Operand& row, const Operand& value, Variable variable);
    // `field` or, where the extract lacks it, `derived`: the alternative of that number.
    Operand otherwise(const Operand& field, const Operand& derived, Type type, int alternative);
    // Folds the rows of the case that `inner` stands for and for which `mask`, if given, is true.
    Operand reduce(Reduction reduction, Type type, Variable inner, const Operand* mask,
                   const std::vector<Operand>& bodies);
    Operand list(Type type, Variable inner, const Operand* mask, const Operand& element);
    bool is_row_variable(const Operand& operand) const { return graph_[operand.node].op == Op::row; }

  private:
    Operand fold(Node node, Variable inner, const Operand* mask, const std::vector<Operand>& bodies);
    // Sets domain and edges of the node from its children's variables; `inner` is taken out.
    std::vector<Variable> connect(Node& node, const std::vector<Operand>& children, Variable inner);

    Graph& graph_;
    std::vector<TableRef> tables_;  // of each variable
};

}  // namespace caseaudit::expression
