// Folding the rows of a case: at once for all rows of the batch where nothing outside the list matters,
// else pair by pair with the rows that do, in chunks so that memory stays bounded however large a case is.
#include <algorithm>
#include <numeric>

#include "expression/evaluator.h"
#include "expression/fold.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

// Pairs evaluated at a time: what a chunk needs stays in the cache of a core.
constexpr std::uint32_t chunk_pairs = 8192;

// Rows of a case that are paired without asking how many there are: whether it is none, one or two cannot be
// guessed, and hardly a case has more.
constexpr std::uint32_t few_rows = 4;

}  // namespace

struct Evaluator::Pairs {
    Frame frame;
    Positions positions{};  // of the reducing node's variables, then of the inner one
    std::uint32_t size = 0;
    Buffer outer_buffer, inner_buffer;
    std::uint32_t *outer = nullptr,
                  *inner = nullptr;                // element of the frame above, row from the batch's first
    std::vector<std::vector<std::uint32_t>> rows;  // of the variables above
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
    std::vector<std::uint32_t> kept_before;  // by inner row, how many are kept before it

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
        const auto* __restrict values = static_cast<const std::int8_t*>(input.data);
        std::int8_t* __restrict out = kept.data();
        if (input.scalar && worth(values[0])) return;
        if (input.scalar) return kept.assign(size, 0);
        for (std::uint32_t i = 0; i < size; ++i) out[i] &= static_cast<std::int8_t>(worth(values[i]));
    }

    void list_kept_rows() {
        const RowRange& range = evaluator.runtime_.rows(node.inner);
        if (range.case_starts.empty()) return;
        const std::size_t rows = keep_inner.size();
        pairs.kept.resize(rows + few_rows);
        kept_before.resize(rows + 1);
        std::uint32_t* __restrict const kept = pairs.kept.data();
        std::uint32_t* __restrict const before = kept_before.data();
        std::uint32_t count = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            kept[count] = static_cast<std::uint32_t>(row);
            before[row] = count;
            count += static_cast<std::uint32_t>(keep_inner[row]);
        }
        before[rows] = count;
        pairs.kept_starts.resize(range.case_starts.size());
        for (std::size_t i = 0; i < range.case_starts.size(); ++i)
            pairs.kept_starts[i] = before[range.case_starts[i] - range.first];
    }
};

void Evaluator::set_up_pairs(const Node& node, Frame& frame, Pairs& pairs) {
    Frame& made = pairs.frame;
    made.size = pairs.size;
    // What the pairs stand for above; where that is the elements themselves, nothing is copied.
    const auto look_up = [&](const std::uint32_t* above, std::vector<std::uint32_t>& below) {
        if (!above) return static_cast<const std::uint32_t*>(pairs.outer);
        below.resize(pairs.size);
        for (std::uint32_t i = 0; i < pairs.size; ++i) below[i] = above[pairs.outer[i]];
        return static_cast<const std::uint32_t*>(below.data());
    };
    made.cases = nullptr;
    made.parent = &frame;
    made.parent_elements = pairs.outer;
    pairs.rows.resize(frame.columns.size());
    made.columns.clear();
    for (std::size_t column = 0; column < frame.columns.size(); ++column) {
        const Frame::Column& above = frame.columns[column];
        made.columns.push_back({above.table, look_up(above.rows, pairs.rows[column])});
    }
    made.columns.push_back({node.inner, pairs.inner});
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
    for (std::uint32_t i = 0; i < pairs.size; ++i) {
        pairs.outer[kept] = pairs.outer[i];
        pairs.inner[kept] = pairs.inner[i];
        kept += values[input.scalar ? 0 : i] == 1;
    }
    if (kept == pairs.size) return;
    drop_results(pairs.frame);
    pairs.size = kept;
    set_up_pairs(node, frame, pairs);
}

void Evaluator::for_each_pair(const Node& node, const Positions& positions, Frame& frame, Pairs& pairs,
                              const std::function<void()>& take) {
    pairs.positions = positions;
    pairs.positions[node.domain.size()] = static_cast<std::uint8_t>(frame.columns.size());
    // Sieving looks at all rows of the batch, which does not pay for one element.
    pairs.sieved = frame.size > 1;
    if (pairs.sieved) Sieve{*this, node, positions, frame, pairs, {}, {}}.apply();
    const RowRange& range = runtime_.rows(node.inner);
    if (range.case_starts.empty()) return;
    const bool some_left_out = !pairs.kept_starts.empty();
    const std::uint32_t* starts = some_left_out ? pairs.kept_starts.data() : range.case_starts.data();
    const std::uint32_t first = some_left_out ? 0 : range.first;
    pairs.outer_buffer = pool_.take(chunk_pairs * sizeof(std::uint32_t));
    pairs.inner_buffer = pool_.take(chunk_pairs * sizeof(std::uint32_t));
    pairs.outer = static_cast<std::uint32_t*>(pairs.outer_buffer.data());
    pairs.inner = static_cast<std::uint32_t*>(pairs.inner_buffer.data());
    const auto flush = [&](std::uint32_t size) {
        pairs.size = size;
        mask_pairs(node, frame, pairs);
        if (pairs.size > 0) take();
        drop_results(pairs.frame);
    };
    std::uint32_t* __restrict const outer = pairs.outer;
    std::uint32_t* __restrict const inner = pairs.inner;
    const std::int8_t* const keep = pairs.keep_outer.data();
    const std::uint32_t* const kept = pairs.kept.data();
    const std::uint32_t* const cases = cases_of(frame);
    std::uint32_t size = 0;
    const auto pair_up = [&]<bool some_outer, bool some_inner>() {
        for (std::uint32_t i = 0; i < frame.size; ++i) {
            const std::uint32_t of_case = cases ? cases[i] : i;
            std::uint32_t at = starts[of_case] - first;
            const std::uint32_t all = starts[of_case + 1] - first - at;
            const std::uint32_t rows = some_outer && keep[i] == 0 ? 0 : all;
            if (rows <= few_rows && size + few_rows <= chunk_pairs) {
                std::fill_n(outer + size, few_rows, i);
                if constexpr (some_inner)
                    std::copy_n(kept + at, few_rows, inner + size);
                else
                    std::iota(inner + size, inner + size + few_rows, at);
                size += rows;
                continue;
            }
            for (const std::uint32_t end = at + rows; at < end; ++at) {
                if (size == chunk_pairs) flush(std::exchange(size, 0));
                outer[size] = i;
                inner[size++] = some_inner ? kept[at] : at;
            }
        }
    };
    if (pairs.keep_outer.empty())
        some_left_out ? pair_up.operator()<false, true>() : pair_up.operator()<false, false>();
    else
        some_left_out ? pair_up.operator()<true, true>() : pair_up.operator()<true, false>();
    if (size > 0) flush(size);
    pool_.give_back(std::move(pairs.outer_buffer));
    pool_.give_back(std::move(pairs.inner_buffer));
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
            piece.groups = pairs.outer;
            piece.rows = pairs.inner;
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
