#include "expression/identifiers.h"

#include "expression/graph.h"

namespace caseaudit::expression {

bool holds_case_key(const dataset::Table& table, int field) {
    return field >= 0 && field == table.key.field && table.key.through_table < 0;
}

bool shows_identifier(const Graph& graph, NodeId id) {
    const Node& node = graph[id];
    const Kind kind = node.type.kind;
    // Which row is shown, of those there are, tells nothing that its own fields do not.
    if (kind == Kind::boolean || kind == Kind::integer || kind == Kind::decimal || kind == Kind::row)
        return false;
    if (node.op == Op::case_key) return true;
    if (node.op == Op::field) {
        const auto& table = graph.dataset->tables[static_cast<std::size_t>(node.domain[0].table)];
        const auto field = static_cast<int>(node.a);
        if (holds_case_key(table, field) ||
            table.fields[static_cast<std::size_t>(field)].sensitivity == dataset::Sensitivity::identifier)
            return true;
    }
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const Edge& edge) { return shows_identifier(graph, edge.node); });
}

std::optional<ShownField> field_shown(const Graph& graph, NodeId id) {
    const Node& node = graph[id];
    if (node.op == Op::at) return field_shown(graph, node.children[1].node);
    if (node.op != Op::field) return std::nullopt;
    return ShownField{node.domain[0].table, node.domain[0].which, static_cast<int>(node.a)};
}

}  // namespace caseaudit::expression
