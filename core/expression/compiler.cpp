#include "expression/checker.h"

namespace caseaudit::expression {

struct Compiler::Impl {
    Impl(const dataset::Dataset& the_dataset, const Environment& the_environment)
        : dataset(the_dataset),
          environment(the_environment),
          checker(the_dataset, environment, *graph, used) {
        graph->dataset = &the_dataset;
    }

    const std::set<Need>& needs_of(NodeId root);
    void add_needs(const Node& node, std::set<Need>& all) const;

    const dataset::Dataset& dataset;
    const Environment environment;
    std::shared_ptr<Graph> graph = std::make_shared<Graph>();
    Used used;
    Checker checker;
    std::map<NodeId, std::set<Need>> needs;
    std::vector<char> seen;  // by node; all 0 between calls
};

namespace {

void add_need(const dataset::Dataset& dataset, TableRef table, int field, std::set<Need>& needs) {
    needs.insert({table.table, table.which, field});
    const dataset::Table& definition = dataset.tables[static_cast<std::size_t>(table.table)];
    if (!definition.runs) return;
    // A table of runs is there when the columns that it is made of are.
    const dataset::RunsOf& runs = *definition.runs;
    for (const int source : {runs.start, runs.end})
        add_need(dataset, {runs.table, table.which}, source, needs);
    if (field < 0) return;
    const std::string& name = definition.fields[static_cast<std::size_t>(field)].name;
    const auto& fields = dataset.tables[static_cast<std::size_t>(runs.table)].fields;
    for (const auto& [prefix, carried] : {std::pair("first_", &runs.first), std::pair("last_", &runs.last)})
        for (const int source : *carried)
            if (name == prefix + fields[static_cast<std::size_t>(source)].name)
                add_need(dataset, {runs.table, table.which}, source, needs);
}

}  // namespace

const std::set<Need>& Compiler::Impl::needs_of(NodeId root) {
    const auto [found, is_new] = needs.try_emplace(root);
    if (!is_new) return found->second;
    seen.resize(graph->size());
    std::vector<NodeId> open{root}, visited;
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (seen[static_cast<std::size_t>(id)]) continue;
        seen[static_cast<std::size_t>(id)] = 1;
        visited.push_back(id);
        add_needs((*graph)[id], found->second);
        for (const Edge& edge : (*graph)[id].children) open.push_back(edge.node);
    }
    for (const NodeId id : visited) seen[static_cast<std::size_t>(id)] = 0;
    return found->second;
}

void Compiler::Impl::add_needs(const Node& node, std::set<Need>& all) const {
    if (node.op == Op::field || node.op == Op::occurrences)
        add_need(dataset, node.domain[0], static_cast<int>(node.a), all);
    if (node.inner.table >= 0) add_need(dataset, node.inner, -1, all);
    if (node.type.kind == Kind::row) add_need(dataset, {node.type.table, node.type.which}, -1, all);
    if (node.reads_row_table)
        add_need(dataset, {static_cast<int>(node.a), Which::current}, static_cast<int>(node.b), all);
}

Compiler::Compiler(const dataset::Dataset& dataset, const Environment& environment)
    : impl_(std::make_unique<Impl>(dataset, environment)) {}
Compiler::~Compiler() = default;

Result<NodeId> Compiler::compile(const Text& text, const Scope& scope, std::optional<Type> expected) {
    return impl_->checker.compile(text, scope, expected);
}

void Compiler::check_codes(bool on) {
    impl_->checker.check_codes(on);
}

Type Compiler::type(NodeId node) const {
    return (*impl_->graph)[node].type;
}
const std::set<Need>& Compiler::needs(NodeId node) const {
    return impl_->needs_of(node);
}
const Used& Compiler::used() const {
    return impl_->used;
}

std::optional<Constant> Compiler::constant(NodeId node) const {
    const Node& found = (*impl_->graph)[node];
    if (found.op != Op::constant) return {};
    return impl_->graph->constants[static_cast<std::size_t>(found.a)];
}

std::shared_ptr<const Graph> Compiler::graph() const {
    return impl_->graph;
}

}  // namespace caseaudit::expression
