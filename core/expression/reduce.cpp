// Folding the rows of a case: at once for all rows of the batch where nothing outside the list matters,
// else pair by pair with the rows that do, in chunks so that memory stays bounded however large a case is.
#include "expression/evaluator.h"
#include "expression/fold.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

// Pairs evaluated at a time: what a chunk needs stays in the cache of a core.
constexpr std::uint32_t chunk_pairs = 8192;

}  // namespace

struct Evaluator::Pairs {
    Frame frame;
    Positions positions{};                         // of the reducing node's variables, then of the inner one
    std::vector<std::uint32_t> outer, inner;       // element of the frame above, row from the batch's first
    std::vector<std::vector<std::uint32_t>> rows;  // of the variables above
    std::vector<std::uint32_t> cases;
    bool sieved = false;
    std::vector<std::int8_t> keep_outer;           // empty: all
    std::vector<std::uint32_t> kept, kept_starts;  // inner rows worth looking at, by case; empty starts: all
};

namespace {

// Terms of a conjunction (or disjunction), each with the variables of the reducing node that fill it.
struct Term {
    NodeId node;
    Positions positions;
};

void collect_terms(const Graph& graph, NodeId id, const Positions& positions, Kernel connective,
                   std::vector<Term>& terms) {
    const Node& node = graph[id];
    // A term of one variable is computed for all of its rows at once as it is.
    if (node.op != Op::elementwise || node.kernel != connective || node.domain.size() < 2) {
        terms.push_back({id, positions});
        return;
    }
    for (const Edge& edge : node.children) {
        Positions child{};
        for (std::size_t i = 0; i < graph[edge.node].domain.size(); ++i)
            child[i] = positions[edge.positions[i]];
        collect_terms(graph, edge.node, child, connective, terms);
    }
}

}  // namespace

// Rows that cannot change the result are left out before pairs are made: those that a term of the mask, of
// what must exist, or of what must hold for all, settles alone.
struct Evaluator::Sieve {
    Evaluator& evaluator;
    const Node& node;
    const Positions& positions;
    Frame& frame;
    Pairs& pairs;
    std::vector<std::int8_t> keep_inner;

    void apply() {
        const bool masked = node.masked;
        if (masked)
            sift(node.children[0], kernels::logical_and, [](std::int8_t value) { return value == 1; });
        if (node.op == Op::reduce && node.reduction == Reduction::exists)
            sift(node.children[masked], kernels::logical_and, [](std::int8_t value) { return value != 0; });
        if (node.op == Op::reduce && node.reduction == Reduction::all)
            sift(node.children[masked], kernels::logical_or, [](std::int8_t value) { return value != 1; });
        if (!keep_inner.empty()) list_kept_rows();
    }

  private:
    template <class F>
    void sift(const Edge& edge, Kernel connective, F worth) {
        std::vector<Term> terms;
        collect_terms(evaluator.graph_, edge.node, edge.positions, connective, terms);
        for (const Term& term : terms) {
            const std::size_t variables = evaluator.graph_[term.node].domain.size();
            const auto begin = term.positions.begin(), end = begin + static_cast<std::ptrdiff_t>(variables);
            const auto inner = static_cast<std::uint8_t>(node.domain.size());
            // A term without variables differs from case to case at most, as do the inner rows.
            if (variables == 0 || (variables == 1 && term.positions[0] == inner)) {
                Frame& rows = evaluator.natural_frame(node.inner);
                keep(evaluator.operand({term.node, {}}, {}, rows), rows.size, keep_inner, worth);
            } else if (std::find(begin, end, inner) == end) {
                keep(evaluator.operand({term.node, term.positions}, positions, frame), frame.size,
                     pairs.keep_outer, worth);
            }
        }
    }

    template <class F>
    static void keep(const Input& input, std::uint32_t size, std::vector<std::int8_t>& kept, F worth) {
        if (kept.empty()) kept.assign(size, 1);
        const auto* values = static_cast<const std::int8_t*>(input.data);
        const std::uint32_t step = input.scalar ? 0 : 1;
        for (std::uint32_t i = 0; i < size; ++i) kept[i] &= static_cast<std::int8_t>(worth(values[i * step]));
    }

    void list_kept_rows() {
        const RowRange& range = evaluator.runtime_.rows(node.inner);
        for (std::size_t i = 0; i + 1 < range.case_starts.size(); ++i) {
            pairs.kept_starts.push_back(static_cast<std::uint32_t>(pairs.kept.size()));
            for (std::uint32_t row = range.case_starts[i]; row < range.case_starts[i + 1]; ++row)
                if (keep_inner[row - range.first]) pairs.kept.push_back(row - range.first);
        }
        pairs.kept_starts.push_back(static_cast<std::uint32_t>(pairs.kept.size()));
    }
};

void Evaluator::set_up_pairs(const Node& node, Frame& frame, Pairs& pairs) {
    Frame& made = pairs.frame;
    made.size = static_cast<std::uint32_t>(pairs.outer.size());
    pairs.cases.resize(made.size);
    for (std::uint32_t i = 0; i < made.size; ++i)
        pairs.cases[i] = frame.cases ? frame.cases[pairs.outer[i]] : pairs.outer[i];
    made.cases = pairs.cases.data();
    made.parent = &frame;
    made.parent_elements = pairs.outer.data();
    pairs.rows.resize(frame.columns.size());
    made.columns.clear();
    for (std::size_t column = 0; column < frame.columns.size(); ++column) {
        const Frame::Column& above = frame.columns[column];
        std::vector<std::uint32_t>& rows = pairs.rows[column];
        rows.resize(made.size);
        for (std::uint32_t i = 0; i < made.size; ++i)
            rows[i] = above.rows ? above.rows[pairs.outer[i]] : pairs.outer[i];
        made.columns.push_back({above.table, rows.data()});
    }
    made.columns.push_back({node.inner, pairs.inner.data()});
}

void Evaluator::mask_pairs(const Node& node, Frame& frame, Pairs& pairs) {
    set_up_pairs(node, frame, pairs);
    if (!node.masked) return;
    const Edge& edge = node.children[0];
    const Node& mask = graph_[edge.node];
    if (pairs.sieved && mask.domain.size() == 1 && edge.positions[0] == node.domain.size())
        return;  // sieved already
    const Input input = operand(edge, pairs.positions, pairs.frame);
    const auto* values = static_cast<const std::int8_t*>(input.data);
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < pairs.frame.size; ++i) {
        if (values[input.scalar ? 0 : i] != 1) continue;
        pairs.outer[kept] = pairs.outer[i];
        pairs.inner[kept++] = pairs.inner[i];
    }
    drop_results(pairs.frame);
    pairs.outer.resize(kept);
    pairs.inner.resize(kept);
    set_up_pairs(node, frame, pairs);
}

void Evaluator::for_each_pair(const Node& node, const Positions& positions, Frame& frame, Pairs& pairs,
                              const std::function<void()>& take) {
    pairs.positions = positions;
    pairs.positions[node.domain.size()] = static_cast<std::uint8_t>(frame.columns.size());
    // Sieving looks at all rows of the batch, which does not pay for one element.
    pairs.sieved = frame.size > 1;
    if (pairs.sieved) Sieve{*this, node, positions, frame, pairs, {}}.apply();
    const RowRange& range = runtime_.rows(node.inner);
    const auto flush = [&] {
        mask_pairs(node, frame, pairs);
        if (pairs.frame.size > 0) take();
        drop_results(pairs.frame);
        pairs.outer.clear();
        pairs.inner.clear();
    };
    for (std::uint32_t i = 0; i < frame.size && !range.case_starts.empty(); ++i) {
        if (!pairs.keep_outer.empty() && !pairs.keep_outer[i]) continue;
        const std::uint32_t of_case = frame.cases ? frame.cases[i] : i;
        const bool some_left_out = !pairs.kept_starts.empty();
        std::uint32_t at =
            some_left_out ? pairs.kept_starts[of_case] : range.case_starts[of_case] - range.first;
        const std::uint32_t end =
            some_left_out ? pairs.kept_starts[of_case + 1] : range.case_starts[of_case + 1] - range.first;
        for (; at < end; ++at) {
            if (pairs.outer.size() == chunk_pairs) flush();
            pairs.outer.push_back(i);
            pairs.inner.push_back(some_left_out ? pairs.kept[at] : at);
        }
    }
    if (!pairs.outer.empty()) flush();
}

void Evaluator::reduce(const Node& node, const Positions& positions, Frame& frame, void* out) {
    std::vector<const Node*> bodies;
    for (std::size_t i = node.masked; i < node.children.size(); ++i)
        bodies.push_back(&graph_[node.children[i].node]);
    const auto fold = Fold::make(node, bodies, frame.size, out, runtime_);
    std::vector<Input> inputs(bodies.size());
    Piece piece;
    const auto evaluate_bodies = [&](const Positions& at, Frame& where) {
        for (std::size_t i = 0; i < inputs.size(); ++i)
            inputs[i] = operand(node.children[i + node.masked], at, where);
        piece.size = where.size;
        piece.bodies = inputs;
    };
    if (node.domain.empty()) {
        Frame& rows = natural_frame(node.inner);
        if (node.masked) {
            const Input mask = operand(node.children[0], {}, rows);
            piece.mask = static_cast<const std::int8_t*>(mask.data);
            piece.mask_step = mask.scalar ? 0 : 1;
        }
        evaluate_bodies({}, rows);
        piece.groups = rows.cases;
        fold->add(piece);
    } else {
        Pairs pairs;
        for_each_pair(node, positions, frame, pairs, [&] {
            evaluate_bodies(pairs.positions, pairs.frame);
            piece.groups = pairs.outer.data();
            piece.rows = pairs.inner.data();
            fold->add(piece);
        });
    }
    fold->finish();
}

void Evaluator::each_listed(NodeId id, TableRef scope, std::uint32_t element,
                            const std::function<void(Listed)>& take) {
    const Node& node = graph_[id];
    Frame& all = natural_frame(scope);
    const std::uint32_t of_case = all.cases ? all.cases[element] : element;
    Frame one;
    one.size = 1;
    one.cases = &of_case;
    if (scope.table >= 0) one.columns = {{scope, &element}};
    Pairs pairs;
    for_each_pair(node, {}, one, pairs, [&] {
        const Edge& edge = node.children[node.masked];
        const Input input = operand(edge, pairs.positions, pairs.frame);
        for (std::uint32_t i = 0; i < (input.scalar ? pairs.frame.size : 0); ++i) take({input.data, 1});
        if (!input.scalar) take({input.data, pairs.frame.size});
    });
    drop_results(one);
}

}  // namespace caseaudit::expression
