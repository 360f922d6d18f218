// Nodes that read the casebook.
#include "expression/column_load.h"
#include "expression/evaluator.h"

namespace caseaudit::expression {
namespace {

template <class T>
void write_constant(T value, void* out) {
    *static_cast<T*>(out) = value;
}

void write_constant(const Constant& constant, std::int32_t text, void* out) {
    switch (constant.kind) {
        case Kind::boolean:
            return write_constant<std::int8_t>(constant.boolean, out);
        case Kind::integer:
            return write_constant(constant.integer, out);
        case Kind::decimal:
            return write_constant(constant.decimal, out);
        case Kind::date:
            return write_constant<std::int32_t>(constant.date, out);
        default:
            return write_constant(text, out);
    }
}

}  // namespace

void Evaluator::compute_leaf(const Node& node, NodeId id, Frame& frame, void* out) {
    auto* numbers = static_cast<std::int32_t*>(out);
    const auto constant = static_cast<std::size_t>(node.a);
    switch (node.op) {
        case Op::constant:
            return write_constant(graph_.constants[constant], bound_.constant_texts[constant], out);
        case Op::case_key:
            for (std::uint32_t i = 0; i < frame.size; ++i) {
                const std::uint32_t of_case = runtime_.first_case() + i;
                const bool known = runtime_.casebook().case_known(of_case);
                numbers[i] =
                    known ? static_cast<std::int32_t>(runtime_.casebook().case_text(of_case)) : missing32;
            }
            return;
        case Op::case_row: {
            const auto starts = runtime_.rows(node.inner).case_starts;
            for (std::uint32_t i = 0; i < frame.size; ++i) {
                const bool some = !starts.empty() && starts[i] < starts[i + 1];
                numbers[i] = some ? static_cast<std::int32_t>(starts[i]) : missing32;
            }
            return;
        }
        case Op::supplied: {
            const bool present = runtime_.casebook().table(node.inner.table, node.inner.which).present;
            return write_constant<std::int8_t>(present, out);
        }
        case Op::field: {
            const ColumnSource source(runtime_.casebook(), node.domain[0], static_cast<int>(node.a));
            const std::uint32_t first = runtime_.rows(node.domain[0]).first;
            if (node.b == 1) return source.load_invalid_texts(first, frame.size, numbers);
            return source.load(first, frame.size, out);
        }
        case Op::row:
            for (std::uint32_t i = 0; i < frame.size; ++i)
                numbers[i] = static_cast<std::int32_t>(runtime_.rows(node.domain[0]).first + i);
            return;
        case Op::occurrences: {
            const auto& counts = bound_.occurrences.at(id);
            auto* integers = static_cast<std::int64_t*>(out);
            for (std::uint32_t i = 0; i < frame.size; ++i) {
                const std::uint32_t count = counts[runtime_.rows(node.domain[0]).first + i];
                integers[i] = count == 0 ? missing64 : static_cast<std::int64_t>(count);
            }
            return;
        }
        default:
            return;  // lists have no vector
    }
}

}  // namespace caseaudit::expression
