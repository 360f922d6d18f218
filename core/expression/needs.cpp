#include "expression/needs.h"

#include "dataset/carried_field.h"

namespace caseaudit::expression {

void NeedFinder::add(TableRef table, int field, std::set<Need>& all) const {
    all.insert({table.table, table.which, field});
    const auto& tables = graph_.dataset->tables;
    const dataset::Table& definition = tables[static_cast<std::size_t>(table.table)];
    if (!definition.runs) return;
    // A table of runs is there when the columns that it is made of are.
    const dataset::RunsOf& runs = *definition.runs;
    for (const int source : {runs.start, runs.end}) add({runs.table, table.which}, source, all);
    if (field < 0) return;
    const dataset::Table& source = tables[static_cast<std::size_t>(runs.table)];
    if (const auto carried = dataset::carried_field(definition, source, field))
        add({runs.table, table.which}, carried->field, all);
}

void NeedFinder::add(const Node& node, std::set<Need>& all) const {
    if (node.op == Op::field || node.op == Op::occurrences)
        add(node.domain[0], static_cast<int>(node.a), all);
    if (node.inner.table >= 0) add(node.inner, -1, all);
    if (node.type.kind == Kind::row) add({node.type.table, node.type.which}, -1, all);
    if (node.reads_row_table) add({static_cast<int>(node.a), Which::current}, static_cast<int>(node.b), all);
}

std::set<Need> NeedFinder::of_all() const {
    std::set<Need> all;
    for (NodeId id = 0; id < static_cast<NodeId>(graph_.size()); ++id) add(graph_[id], all);
    for (const Alternative& alternative : graph_.alternatives) {
        all.insert(alternative.column);
        all.insert(alternative.needs.begin(), alternative.needs.end());
    }
    return all;
}

std::set<Need> NeedFinder::of(NodeId root) {
    std::set<Need> all;
    seen_.resize(graph_.size());
    std::vector<NodeId> open{root}, visited;
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (seen_[static_cast<std::size_t>(id)]) continue;
        seen_[static_cast<std::size_t>(id)] = 1;
        visited.push_back(id);
        const Node& node = graph_[id];
        if (node.op == Op::otherwise) {
            all.insert(graph_.alternatives[static_cast<std::size_t>(node.a)].column);
            continue;
        }
        add(node, all);
        for (const Edge& edge : node.children) open.push_back(edge.node);
    }
    for (const NodeId id : visited) seen_[static_cast<std::size_t>(id)] = 0;
    return all;
}

}  // namespace caseaudit::expression
