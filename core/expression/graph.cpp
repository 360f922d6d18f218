#include "expression/graph.h"

#include <re2/re2.h>

namespace caseaudit::expression {
namespace {

template <class T>
void append(std::string& key, const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string key_of(const Constant& constant) {
    std::string key;
    append(key, constant.kind);
    append(key, constant.boolean);
    append(key, constant.integer);
    append(key, constant.decimal);
    append(key, constant.date);
    append(key, constant.text.size());
    return key + constant.text;
}

std::string key_of(const Node& node, const Graph& graph) {
    std::string key;
    key.reserve(128);  // more than most take
    append(key, node.op);
    append(key, node.kernel);
    append(key, node.type.kind);
    append(key, node.type.table);
    append(key, node.type.which);
    append(key, node.type.code_list);
    append(key, node.type.element);
    append(key, node.per_case);
    append(key, node.a);
    append(key, node.b);
    append(key, node.reduction);
    append(key, node.masked);
    append(key, node.inner.table);
    append(key, node.inner.which);
    append(key, node.domain.size());
    for (const TableRef& table : node.domain) {
        append(key, table.table);
        append(key, table.which);
    }
    for (const Edge& edge : node.children) {
        append(key, edge.node);
        for (std::size_t i = 0; i < graph[edge.node].domain.size(); ++i) append(key, edge.positions[i]);
    }
    return key;
}

}  // namespace

NodeId Graph::add(Node node) {
    const auto [found, is_new] = ids_.try_emplace(key_of(node, *this), static_cast<NodeId>(nodes_.size()));
    if (is_new) nodes_.push_back(std::move(node));
    return found->second;
}

int Graph::add_constant(const Constant& constant) {
    const auto [found, is_new] =
        constant_ids_.try_emplace(key_of(constant), static_cast<int>(constants.size()));
    if (is_new) constants.push_back(constant);
    return found->second;
}

int Graph::add_set(const std::vector<Constant>& constants_of_set) {
    std::string key;
    for (const Constant& constant : constants_of_set) {
        const std::string one = key_of(constant);
        append(key, one.size());
        key += one;
    }
    const auto [found, is_new] = set_ids_.try_emplace(key, static_cast<int>(sets.size()));
    if (is_new) sets.push_back(constants_of_set);
    return found->second;
}

int Graph::add_pattern(const std::string& pattern) {
    const auto [found, is_new] = pattern_ids_.try_emplace(pattern, static_cast<int>(patterns.size()));
    if (is_new) patterns.push_back(std::make_shared<const re2::RE2>(pattern, re2::RE2::Quiet));
    return found->second;
}

}  // namespace caseaudit::expression
