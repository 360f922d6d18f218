#include "expression/evaluator.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "expression/column_load.h"
#include "expression/kernels.h"

namespace caseaudit::expression {
namespace {

constexpr Positions first_position{};

template <class T>
void gather(const void* from, const std::uint32_t* elements, std::uint32_t size, void* to) {
    const T* __restrict source = static_cast<const T*>(from);
    T* __restrict target = static_cast<T*>(to);
    for (std::uint32_t i = 0; i < size; ++i) target[i] = source[elements[i]];
}

void gather(Kind kind, const void* from, const std::uint32_t* elements, std::uint32_t size, void* to) {
    switch (width(kind)) {
        case 1:
            return gather<std::int8_t>(from, elements, size, to);
        case 4:
            return gather<std::int32_t>(from, elements, size, to);
        default:
            return gather<std::int64_t>(from, elements, size, to);
    }
}

int frame_number(TableRef table) {
    return table.table < 0 ? 0 : 1 + table.table * 2 + static_cast<int>(table.which);
}

}  // namespace

Evaluator::Evaluator(const BoundData& bound)
    : bound_(bound),
      graph_(*bound.graph),
      runtime_(bound),
      slots_(graph_.size()),
      frames_(1 + 2 * graph_.dataset->tables.size()),
      framed_(frames_.size()) {
    constants_.size = 1;
    for (std::size_t i = 0; i < frames_.size(); ++i) frames_[i].natural = static_cast<int>(i);
}

void Evaluator::start(std::uint32_t begin, std::uint32_t end) {
    for (const NodeId node : known_) release(node);
    known_.clear();
    std::fill(framed_.begin(), framed_.end(), 0);
    runtime_.start(begin, end);
    rule_ = 0;
}

void Evaluator::finish_rule() {
    if (rule_ < bound_.last_used.size())
        for (const NodeId node : bound_.last_used[rule_]) release(node);
    ++rule_;
}

void Evaluator::release(NodeId node) {
    Slot& slot = slots_[static_cast<std::size_t>(node)];
    slot.known = false;
    pool_.give_back(std::move(slot.buffer));
    for (auto& [frame, buffer] : slot.spread) pool_.give_back(std::move(buffer));
    slot.spread.clear();
}

void Evaluator::drop_results(Frame& frame) {
    for (Frame::Result& result : frame.results) pool_.give_back(std::move(result.buffer));
    frame.results.clear();
}

Frame& Evaluator::natural_frame(TableRef table) {
    const auto number = static_cast<std::size_t>(frame_number(table));
    Frame& frame = frames_[number];
    if (framed_[number]) return frame;
    framed_[number] = 1;
    if (table.table < 0) {
        frame.size = runtime_.case_count();
        return frame;
    }
    frame.size = runtime_.rows(table).count;
    frame.columns = {{table, nullptr}};
    frame.cases = runtime_.case_of_rows(table);
    return frame;
}

const std::uint32_t* Evaluator::cases_of(Frame& frame) {
    if (frame.cases || !frame.parent) return frame.cases;
    if (const std::uint32_t* const above = cases_of(*frame.parent)) {
        frame.pair_cases.resize(frame.size);
        gather<std::uint32_t>(above, frame.parent_elements, frame.size, frame.pair_cases.data());
        frame.cases = frame.pair_cases.data();
    } else {
        frame.cases = frame.parent_elements;
    }
    return frame.cases;
}

Frame& Evaluator::own_frame(const Node& node) {
    if (node.is_constant()) return constants_;
    return natural_frame(node.domain.empty() ? TableRef{} : node.domain[0]);
}

const void* Evaluator::own_vector(NodeId id) {
    Slot& slot = slots_[static_cast<std::size_t>(id)];
    if (slot.known) return slot.buffer.data();
    const Node& node = graph_[id];
    Frame& frame = own_frame(node);
    Buffer buffer = pool_.take(std::size_t{frame.size} * width(node.type.kind));
    compute(id, first_position, frame, buffer.data());
    slot.buffer = std::move(buffer);
    slot.known = true;
    known_.push_back(id);
    return slot.buffer.data();
}

// A node's vector at other elements of a natural frame or at pairs.
Input Evaluator::spread(NodeId id, Frame& frame, const std::uint32_t* elements) {
    const void* own = own_vector(id);
    const Kind kind = graph_[id].type.kind;
    if (frame.natural >= 0) {
        auto& kept = slots_[static_cast<std::size_t>(id)].spread;
        for (const auto& [number, buffer] : kept)
            if (number == frame.natural) return {buffer.data(), false};
        Buffer buffer = pool_.take(std::size_t{frame.size} * width(kind));
        gather(kind, own, elements, frame.size, buffer.data());
        return {kept.emplace_back(frame.natural, std::move(buffer)).second.data(), false};
    }
    const Positions unused{255};
    for (const Frame::Result& result : frame.results)
        if (result.node == id && result.positions == unused) return {result.buffer.data(), false};
    Buffer buffer = pool_.take(std::size_t{frame.size} * width(kind));
    gather(kind, own, elements, frame.size, buffer.data());
    return {frame.results.emplace_back(Frame::Result{id, unused, std::move(buffer)}).buffer.data(), false};
}

Positions Evaluator::compose(const Edge& edge, const Positions& positions) const {
    Positions composed{};
    const std::size_t variables = graph_[edge.node].domain.size();
    for (std::size_t i = 0; i < variables; ++i) composed[i] = positions[edge.positions[i]];
    return composed;
}

Input Evaluator::operand(const Edge& edge, const Positions& positions, Frame& frame) {
    const Node& child = graph_[edge.node];
    if (child.is_constant()) return {own_vector(edge.node), true};
    if (child.domain.empty()) {
        const std::uint32_t* const cases = cases_of(frame);
        return cases ? spread(edge.node, frame, cases) : Input{own_vector(edge.node), false};
    }
    const Positions composed = compose(edge, positions);
    if (child.domain.size() > 1) return {in_frame(edge.node, composed, frame), false};
    const Frame::Column& column = frame.columns[composed[0]];
    if (!column.rows) return {own_vector(edge.node), false};
    if (frame.natural >= 0) throw std::logic_error("a natural frame has rows of its own");
    // Two variables of one table share the node but not the elements.
    for (const Frame::Result& result : frame.results)
        if (result.node == edge.node && result.positions == composed) return {result.buffer.data(), false};
    Buffer buffer = pool_.take(std::size_t{frame.size} * width(child.type.kind));
    gather(child.type.kind, own_vector(edge.node), column.rows, frame.size, buffer.data());
    return {frame.results.emplace_back(Frame::Result{edge.node, composed, std::move(buffer)}).buffer.data(),
            false};
}

// A node of several variables. What does not mention the frame's last variable is computed in its parent.
const void* Evaluator::in_frame(NodeId id, const Positions& positions, Frame& frame) {
    for (const Frame::Result& result : frame.results)
        if (result.node == id && result.positions == positions) return result.buffer.data();
    const Node& node = graph_[id];
    Buffer buffer = pool_.take(std::size_t{frame.size} * width(node.type.kind));
    const auto last = frame.columns.size() - 1;
    const auto end = positions.begin() + static_cast<std::ptrdiff_t>(node.domain.size());
    const bool mentions_last = std::find(positions.begin(), end, last) != end;
    if (frame.parent && !mentions_last) {
        const void* above = in_frame(id, positions, *frame.parent);
        gather(node.type.kind, above, frame.parent_elements, frame.size, buffer.data());
    } else {
        compute(id, positions, frame, buffer.data());
    }
    return frame.results.emplace_back(Frame::Result{id, positions, std::move(buffer)}).buffer.data();
}

void Evaluator::compute(NodeId id, const Positions& positions, Frame& frame, void* out) {
    const Node& node = graph_[id];
    ++computed_;
    switch (node.op) {
        case Op::elementwise:
            break;
        case Op::at:
            return compute_at(node, positions, frame, out);
        case Op::reduce:
            return reduce(node, positions, frame, out);
        case Op::otherwise:
            return compute_otherwise(node, positions, frame, out);
        default:
            return compute_leaf(node, id, frame, out);
    }
    std::array<Input, 8> inputs;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        inputs[i] = operand(node.children[i], positions, frame);
        if (i == 0 && decide(node, inputs[0], positions, frame, out)) return;
    }
    node.kernel({inputs.data(), static_cast<std::uint32_t>(node.children.size()), frame.size, out, node, id,
                 runtime_});
}

namespace {

void copy(const Input& from, Kind kind, std::uint32_t count, void* out) {
    with_type_of(kind, [&](auto example) {
        using T = decltype(example);
        const T* source = static_cast<const T*>(from.data);
        if (from.scalar)
            std::fill_n(static_cast<T*>(out), count, *source);
        else
            std::copy_n(source, count, static_cast<T*>(out));
    });
}

}  // namespace

// What the first operand decides alone, as it is the same for every row: rules ask first for what hardly any
// record has, and what follows is not worked out for the others. True when `out` is filled.
bool Evaluator::decide(const Node& node, const Input& first, const Positions& positions, Frame& frame,
                       void* out) {
    const bool is_and = node.kernel == &kernels::logical_and, is_or = node.kernel == &kernels::logical_or;
    const bool chooses =
        !is_and && !is_or && node.children.size() == 3 && node.kernel == kernels::select(node.type.kind);
    if (!is_and && !is_or && !chooses) return false;
    const auto* verdicts = static_cast<const std::int8_t*>(first.data);
    const std::uint32_t count = first.scalar ? 1 : frame.size;
    if (count == 0 || verdicts[0] < 0 || std::memcmp(verdicts, verdicts + 1, count - 1) != 0) return false;
    const bool verdict = verdicts[0] == 1;
    if (chooses) {
        copy(operand(node.children[verdict ? 1 : 2], positions, frame), node.type.kind, frame.size, out);
        return true;
    }
    if (verdict == is_and) return false;
    std::memset(out, verdict ? 1 : 0, frame.size);
    return true;
}

void Evaluator::compute_otherwise(const Node& node, const Positions& positions, Frame& frame, void* out) {
    const bool derives = bound_.derives[static_cast<std::size_t>(node.a)] != 0;
    copy(operand(node.children[derives ? 1 : 0], positions, frame), node.type.kind, frame.size, out);
}

void Evaluator::compute_at(const Node& node, const Positions& positions, Frame& frame, void* out) {
    const Input rows = operand(node.children[0], positions, frame);
    Frame& target = natural_frame(node.inner);
    const Input values = operand(node.children[1], first_position, target);
    const std::uint32_t first = runtime_.rows(node.inner).first;
    with_type_of(node.type.kind, [&](auto example) {
        using T = decltype(example);
        const T* source = static_cast<const T*>(values.data);
        const auto* wanted = static_cast<const std::int32_t*>(rows.data);
        T* __restrict target_values = static_cast<T*>(out);
        const std::uint32_t row_step = rows.scalar ? 0 : 1, value_step = values.scalar ? 0 : 1;
        if (target.size == 0) {  // then no row is wanted
            std::fill_n(target_values, frame.size, missing_value<T>());
            return;
        }
        for (std::uint32_t i = 0; i < frame.size; ++i) {
            const std::int32_t row = wanted[i * row_step];
            const bool none = absent(row);  // without a branch: whether there is a next row cannot be guessed
            const std::uint32_t at = (static_cast<std::uint32_t>(row) - first) & (std::uint32_t{none} - 1);
            const T choice[2] = {source[at * value_step], missing_value<T>()};
            target_values[i] = choice[none];
        }
    });
}

const void* Evaluator::in_scope(NodeId id, TableRef scope) {
    Frame& frame = natural_frame(scope);
    const Input input = operand(Edge{id, first_position}, first_position, frame);
    if (!input.scalar) return input.data;
    Slot& slot = slots_[static_cast<std::size_t>(id)];
    for (const auto& [number, buffer] : slot.spread)
        if (number == frame.natural) return buffer.data();
    const Kind kind = graph_[id].type.kind;
    Buffer buffer = pool_.take(std::size_t{frame.size} * width(kind));
    with_type_of(kind, [&](auto example) {
        using T = decltype(example);
        std::fill_n(static_cast<T*>(buffer.data()), frame.size, *static_cast<const T*>(input.data));
    });
    return slot.spread.emplace_back(frame.natural, std::move(buffer)).second.data();
}

std::uint32_t Evaluator::size_of_scope(TableRef scope) {
    return natural_frame(scope).size;
}

}  // namespace caseaudit::expression
