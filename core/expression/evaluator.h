// Evaluates nodes of a graph in frames, each at most once. One per thread. Private to expression/.
#pragma once
#include <functional>

#include "expression/frame.h"
#include "expression/runtime.h"

namespace caseaudit::expression {

class Evaluator {
  public:
    explicit Evaluator(const BoundData& bound);
    void start(std::uint32_t begin, std::uint32_t end);
    void finish_rule();

    Runtime& runtime() { return runtime_; }
    // Vector of the node for all rows of a table in the batch, or for its cases (table -1).
    const void* in_scope(NodeId node, TableRef scope);
    std::uint32_t size_of_scope(TableRef scope);

    // One element of the list that the node gives at one element of a scope.
    struct Listed {
        const void* elements;
        std::uint32_t size;
    };
    void each_listed(NodeId node, TableRef scope, std::uint32_t element,
                     const std::function<void(Listed)>& take);

    // Vectors computed since the beginning, so that tests can see what is shared.
    std::uint64_t computed() const { return computed_; }

  private:
    struct Slot {
        Buffer buffer;  // over the node's own domain
        bool known = false;
        std::vector<std::pair<int, Buffer>> spread;  // over other natural frames
    };
    struct Pairs;  // reduce.cpp
    struct Sieve;

    Frame& natural_frame(TableRef table);
    Frame& own_frame(const Node& node);
    // The case of each element, from the batch's first; null: element i is case i. Of pairs they are looked
    // up when first asked for: hardly an expression does.
    static const std::uint32_t* cases_of(Frame& frame);
    const void* own_vector(NodeId node);
    Input operand(const Edge& edge, const Positions& positions, Frame& frame);
    Input spread(NodeId node, Frame& frame, const std::uint32_t* elements);
    const void* in_frame(NodeId node, const Positions& positions, Frame& frame);
    void compute(NodeId id, const Positions& positions, Frame& frame, void* out);
    void compute_leaf(const Node& node, NodeId id, Frame& frame, void* out);
    bool decide(const Node& node, const Input& first, const Positions& positions, Frame& frame, void* out);
    void compute_otherwise(const Node& node, const Positions& positions, Frame& frame, void* out);
    void compute_at(const Node& node, const Positions& positions, Frame& frame, void* out);
    void reduce(const Node& node, const Positions& positions, Frame& frame, void* out);
    void for_each_pair(const Node& node, const Positions& positions, Frame& frame, Pairs& pairs,
                       const std::function<void()>& take);
    void set_up_pairs(const Node& node, Frame& frame, Pairs& pairs);
    void mask_pairs(const Node& node, Frame& frame, Pairs& pairs);
    Positions compose(const Edge& edge, const Positions& positions) const;
    void release(NodeId node);
    void drop_results(Frame& frame);

    const BoundData& bound_;
    const Graph& graph_;
    Runtime runtime_;
    BufferPool pool_;
    std::vector<Slot> slots_;
    std::vector<NodeId> known_;
    std::vector<Frame> frames_;  // natural: cases first, then by table and which
    std::vector<char> framed_;   // whether frames_[i] is set up for this batch
    Frame constants_;
    std::size_t rule_ = 0;
    std::uint64_t computed_ = 0;
};

}  // namespace caseaudit::expression
