#include "expression/evaluator.h"
#include "expression/show.h"

namespace caseaudit::expression {

struct Bound::Impl {
    BoundData data;
};

Bound::Bound(std::shared_ptr<const Graph> graph, const casebook::Casebook& casebook,
             const Environment& environment)
    : impl_(new Impl{BoundData(std::move(graph), casebook, environment.working_days)}) {}
Bound::~Bound() = default;

void Bound::plan(const std::vector<std::vector<NodeId>>& rules) {
    impl_->data.last_used = find_last_uses(*impl_->data.graph, rules);
}

struct Batch::Impl {
    std::shared_ptr<const Bound::Impl> bound;
    Evaluator evaluator;
    const Node& node(NodeId id) const { return (*bound->data.graph)[id]; }
};

Batch::Batch(const Bound& bound) : impl_(new Impl{bound.impl_, Evaluator(bound.impl_->data)}) {}
Batch::~Batch() = default;

void Batch::start(std::uint32_t begin, std::uint32_t end) {
    impl_->evaluator.start(begin, end);
}
void Batch::finish_rule() {
    impl_->evaluator.finish_rule();
}
std::uint64_t Batch::computed() const {
    return impl_->evaluator.computed();
}

std::uint32_t Batch::first_row(int table, Which which) const {
    return impl_->evaluator.runtime().rows({table, which}).first;
}
std::uint32_t Batch::row_count(int table, Which which) const {
    return impl_->evaluator.runtime().rows({table, which}).count;
}

const std::uint32_t* Batch::case_of_rows(int table, Which which) const {
    return impl_->evaluator.runtime().case_of_rows({table, which});
}

Vector Batch::evaluate(NodeId node, int scope_table, Which scope_which) {
    const TableRef scope{scope_table, scope_which};
    Vector vector;
    vector.kind = impl_->node(node).type.kind;
    vector.size = impl_->evaluator.size_of_scope(scope);
    vector.data = impl_->evaluator.in_scope(node, scope);
    return vector;
}

void Batch::rows_of(NodeId id, int scope_table, Which scope_which, std::uint32_t i,
                    std::vector<std::uint32_t>& out) {
    const Node& node = impl_->node(id);
    const TableRef scope{scope_table, scope_which};
    const std::size_t before = out.size();
    const auto add = [&](const void* rows, std::uint32_t count) {
        for (const std::int32_t row : std::span(static_cast<const std::int32_t*>(rows), count))
            if (!absent(row)) out.push_back(static_cast<std::uint32_t>(row));
    };
    if (node.op == Op::list) {
        impl_->evaluator.each_listed(id, scope, i,
                                     [&](Evaluator::Listed listed) { add(listed.elements, listed.size); });
    } else {
        add(static_cast<const std::int32_t*>(impl_->evaluator.in_scope(id, scope)) + i, 1);
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end());
    out.erase(std::unique(out.begin() + static_cast<std::ptrdiff_t>(before), out.end()), out.end());
}

std::string Batch::text_of(NodeId id, int scope_table, Which scope_which, std::uint32_t i) {
    const Node& node = impl_->node(id);
    const TableRef scope{scope_table, scope_which};
    const Graph& graph = *impl_->bound->data.graph;
    Type type = node.type;
    if (node.op == Op::constant_list) {
        std::string joined;
        for (const Constant& constant : graph.sets[static_cast<std::size_t>(node.a)])
            joined += (joined.empty() ? "" : ", ") + show(constant);
        return joined;
    }
    if (node.op != Op::list) {
        const auto* values = static_cast<const std::byte*>(impl_->evaluator.in_scope(id, scope));
        return show(type, values + std::size_t{i} * width(type.kind), impl_->evaluator.runtime());
    }
    type.kind = type.element;
    std::string joined;
    impl_->evaluator.each_listed(id, scope, i, [&](Evaluator::Listed listed) {
        for (std::uint32_t element = 0; element < listed.size; ++element) {
            const auto* values = static_cast<const std::byte*>(listed.elements);
            if (!joined.empty()) joined += ", ";
            joined +=
                show(type, values + std::size_t{element} * width(type.kind), impl_->evaluator.runtime());
        }
    });
    return joined.empty() ? "(none)" : joined;
}

std::string_view Batch::text(std::int32_t id) const {
    return impl_->evaluator.runtime().text(id);
}

}  // namespace caseaudit::expression
