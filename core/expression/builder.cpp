#include "expression/builder.h"

#include <algorithm>

#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

constexpr Variable no_variable = -1;

// Variables are numbered as their lambdas open, so ascending order is from the outermost to the innermost.
std::vector<Variable> union_of(const std::vector<Operand>& operands) {
    std::vector<Variable> all;
    for (const Operand& operand : operands)
        all.insert(all.end(), operand.variables.begin(), operand.variables.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace

Variable Builder::new_variable(TableRef table) {
    tables_.push_back(table);
    return static_cast<Variable>(tables_.size()) - 1;
}

std::vector<Variable> Builder::connect(Node& node, const std::vector<Operand>& children, Variable inner) {
    std::vector<Variable> variables = union_of(children);
    if (inner != no_variable) std::erase(variables, inner);
    for (const Variable variable : variables) node.domain.push_back(table_of(variable));
    for (const Operand& child : children) {
        Edge edge;
        edge.node = child.node;
        for (std::size_t i = 0; i < child.variables.size(); ++i) {
            const auto at = std::find(variables.begin(), variables.end(), child.variables[i]);
            edge.positions[i] = static_cast<std::uint8_t>(at - variables.begin());
        }
        node.per_case = node.per_case || graph_[child.node].per_case;
        node.children.push_back(edge);
    }
    if (!node.domain.empty()) node.per_case = false;
    return variables;
}

Operand Builder::constant(const Constant& constant) {
    Node node;
    node.op = Op::constant;
    node.type.kind = constant.kind;
    node.a = graph_.add_constant(constant);
    return {graph_.add(std::move(node)), {}};
}

Operand Builder::row(Variable variable) {
    const TableRef table = table_of(variable);
    Node node;
    node.op = Op::row;
    node.type.kind = Kind::row;
    node.type.table = table.table;
    node.type.which = table.which;
    node.domain = {table};
    return {graph_.add(std::move(node)), {variable}};
}

Operand Builder::field(Variable variable, int field, Type type) {
    Node node;
    node.op = Op::field;
    node.type = type;
    node.domain = {table_of(variable)};
    node.a = field;
    return {graph_.add(std::move(node)), {variable}};
}

Operand Builder::otherwise(const Operand& field, const Operand& derived, Type type, int alternative) {
    Node node;
    node.op = Op::otherwise;
    node.type = type;
    node.a = alternative;
    std::vector<Variable> variables = connect(node, {field, derived}, no_variable);
    return {graph_.add(std::move(node)), std::move(variables)};
}

Operand Builder::invalid_text(Variable variable, int field) {
    Node node;
    node.op = Op::field;
    node.type.kind = Kind::text;
    node.domain = {table_of(variable)};
    node.a = field;
    node.b = 1;
    return {graph_.add(std::move(node)), {variable}};
}

Operand Builder::occurrences(Variable variable, int field) {
    Node node;
    node.op = Op::occurrences;
    node.type.kind = Kind::integer;
    node.domain = {table_of(variable)};
    node.a = field;
    return {graph_.add(std::move(node)), {variable}};
}

Operand Builder::case_row(TableRef table) {
    Node node;
    node.op = Op::case_row;
    node.type.kind = Kind::row;
    node.type.table = table.table;
    node.type.which = table.which;
    node.inner = table;
    node.per_case = true;
    return {graph_.add(std::move(node)), {}};
}

Operand Builder::supplied(TableRef table) {
    Node node;
    node.op = Op::supplied;
    node.type.kind = Kind::boolean;
    node.inner = table;
    return {graph_.add(std::move(node)), {}};
}

Operand Builder::case_key() {
    Node node;
    node.op = Op::case_key;
    node.type.kind = Kind::text;
    node.per_case = true;
    return {graph_.add(std::move(node)), {}};
}

Operand Builder::apply(Kernel kernel, Type type, const std::vector<Operand>& children, std::int64_t a,
                       std::int64_t b) {
    Node node;
    node.op = Op::elementwise;
    node.kernel = kernel;
    node.type = type;
    node.a = a;
    node.b = b;
    node.reads_row_table = kernel == kernels::field_of_row;
    auto variables = connect(node, children, no_variable);
    return {graph_.add(std::move(node)), std::move(variables)};
}

Operand Builder::at(const Operand& row, const Operand& value, Variable variable) {
    Node node;
    node.op = Op::at;
    node.type = graph_[value.node].type;
    node.inner = table_of(variable);
    auto variables = connect(node, {row}, no_variable);
    Edge edge;
    edge.node = value.node;
    node.children.push_back(edge);
    return {graph_.add(std::move(node)), std::move(variables)};
}

Operand Builder::fold(Node node, Variable inner, const Operand* mask, const std::vector<Operand>& bodies) {
    node.inner = table_of(inner);
    node.masked = mask != nullptr;
    node.per_case = true;
    std::vector<Operand> children;
    if (mask) children.push_back(*mask);
    children.insert(children.end(), bodies.begin(), bodies.end());
    auto variables = connect(node, children, inner);
    return {graph_.add(std::move(node)), std::move(variables)};
}

Operand Builder::reduce(Reduction reduction, Type type, Variable inner, const Operand* mask,
                        const std::vector<Operand>& bodies) {
    Node node;
    node.op = Op::reduce;
    node.reduction = reduction;
    node.type = type;
    return fold(std::move(node), inner, mask, bodies);
}

Operand Builder::list(Type type, Variable inner, const Operand* mask, const Operand& element) {
    Node node;
    node.op = Op::list;
    node.type = type;
    return fold(std::move(node), inner, mask, {element});
}

}  // namespace caseaudit::expression
