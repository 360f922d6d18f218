// What a graph needs of a casebook before any batch is evaluated. Immutable after construction, shared by
// threads. Private to expression/.
#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "calendar/working_days.h"
#include "casebook/casebook.h"
#include "expression/graph.h"
#include "expression/text_pool.h"

namespace caseaudit::expression {

// A constant list as its elements are compared: ids of texts, or numbers in ascending order.
struct BoundSet {
    IdSet texts;
    std::vector<std::int64_t> integers;  // integers, dates, booleans
    std::vector<double> decimals;
};

struct BoundData {
    BoundData(std::shared_ptr<const Graph> graph, const casebook::Casebook& casebook,
              const calendar::WorkingDays& working_days);

    std::shared_ptr<const Graph> graph;
    const casebook::Casebook& casebook;
    calendar::WorkingDays working_days;
    TextPool texts;                            // constants that the casebook does not hold
    std::vector<std::int32_t> constant_texts;  // by Graph::constants: text id, where it is a text
    std::vector<BoundSet> sets;                // by Graph::sets
    std::vector<IdSet> code_lists;             // by the dataset's
    std::vector<char> derives;  // by Graph::alternatives: the column is absent and can be derived
    // By node of Op::occurrences: for every row of the table how many rows have its value; 0 where the
    // value is missing or invalid.
    std::unordered_map<NodeId, std::vector<std::uint32_t>> occurrences;
    // By rule of the plan: nodes that no later rule uses.
    std::vector<std::vector<NodeId>> last_used;
};

// For every row of a table the number of rows with the same value of the field; 0: none to compare.
std::vector<std::uint32_t> count_occurrences(const casebook::Casebook& casebook, TableRef table, int field);

// By rule: the nodes that are needed for it, directly or not, and for no later one.
std::vector<std::vector<NodeId>> find_last_uses(const Graph& graph,
                                                const std::vector<std::vector<NodeId>>& rules);

}  // namespace caseaudit::expression
