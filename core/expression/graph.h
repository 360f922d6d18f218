// The graph that all expressions of a run share. Equal subexpressions are one node, whichever rule or lambda
// they come from: a node does not know its variables by name but as the positions of its domain, a tuple of
// tables, and each edge says which positions of the parent fill the child's. Private to expression/.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "expression/expression.h"

namespace re2 {
class RE2;
}

namespace caseaudit::expression {

struct TableRef {
    int table = -1;
    Which which = Which::current;
    auto operator<=>(const TableRef&) const = default;
};

enum class Op : std::uint8_t {
    constant,       // a: index of Graph::constants
    constant_list,  // a: index of Graph::sets
    case_key,       // text of the case's key
    field,          // a: field; over rows of its table; b: 1 for the text of its invalid cells
    occurrences,    // a: field; over rows of its table: rows of the whole table with the same value
    row,            // the rows of a table themselves
    case_row,       // the case's first row of a table
    supplied,       // whether the extract has the table `inner`
    elementwise,    // kernel
    at,             // children[1], which is over rows of a table, at the row that children[0] gives
    reduce,         // rows of the case's table `inner` folded by `reduction`
    list,           // the same rows, as a list
    otherwise,  // children[0], a field, or where the extract lacks it children[1]; a: index of alternatives
};

enum class Reduction : std::uint8_t {
    exists,
    all,
    count,
    sum,
    min,
    max,
    first,
    last,
    min_by,
    max_by,
    count_distinct
};

// Most lambda variables that can be in sight at once, with the rule's own row.
inline constexpr std::size_t greatest_variables = 8;

struct Edge {
    NodeId node = -1;
    // Which position of the parent's domain fills each position of the child's; in `reduce` and `list` the
    // position after the parent's last stands for the inner row.
    std::array<std::uint8_t, greatest_variables> positions{};
};

struct KernelCall;
using Kernel = void (*)(const KernelCall&);

struct Node {
    Op op = Op::constant;
    Type type;
    std::vector<TableRef> domain;  // outermost variable first
    bool per_case = false;         // has no variable, yet differs from case to case
    std::vector<Edge> children;
    Kernel kernel = nullptr;
    std::int64_t a = 0, b = 0;  // as the op or kernel has it
    // Of reduce and list: children are the mask, if any, then what is folded.
    Reduction reduction = Reduction::exists;
    TableRef inner;
    bool masked = false;
    bool reads_row_table = false;  // the kernel reads field b of table a, which is of no case
    bool is_constant() const { return domain.empty() && !per_case; }
};

// Immutable once compiling is over; then safe to share between threads.
class Graph {
  public:
    NodeId add(Node node);
    int add_constant(const Constant& constant);
    int add_set(const std::vector<Constant>& constants);
    int add_pattern(const std::string& pattern);

    const Node& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return nodes_.size(); }

    std::vector<Constant> constants;
    std::vector<std::vector<Constant>> sets;
    std::vector<std::shared_ptr<const re2::RE2>> patterns;
    std::vector<Alternative> alternatives;  // each of another column
    // Fields that nodes count occurrences of are found by their nodes; code lists by those of the dataset.
    const dataset::Dataset* dataset = nullptr;  // outlives the graph

  private:
    std::vector<Node> nodes_;
    std::unordered_map<std::string, NodeId> ids_;
    std::unordered_map<std::string, int> constant_ids_, set_ids_, pattern_ids_;
};

// Bytes of one value of a kind in a vector.
constexpr std::uint32_t width(Kind kind) {
    return kind == Kind::boolean ? 1 : kind == Kind::integer || kind == Kind::decimal ? 8 : 4;
}

}  // namespace caseaudit::expression
