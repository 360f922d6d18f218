// Which columns nodes read. Private to expression/.
#pragma once
#include <set>
#include <vector>

#include "expression/graph.h"

namespace caseaudit::expression {

// Follows a graph that may still grow. Not shared between threads.
class NeedFinder {
  public:
    explicit NeedFinder(const Graph& graph) : graph_(graph) {}
    // What the node reads, directly or through others. Of a field that can be derived where it is absent only
    // the column itself: see Graph::alternatives.
    std::set<Need> of(NodeId root);
    // What any node reads, whichever way a field that can be derived is come by.
    std::set<Need> of_all() const;

  private:
    void add(const Node& node, std::set<Need>& all) const;
    void add(TableRef table, int field, std::set<Need>& all) const;

    const Graph& graph_;
    std::vector<char> seen_;  // by node; all 0 between calls
};

}  // namespace caseaudit::expression
