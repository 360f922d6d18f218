#include "expression/checker.h"

namespace caseaudit::expression {

struct Compiler::Impl {
    Impl(const dataset::Dataset& the_dataset, const Environment& the_environment)
        : dataset(the_dataset),
          environment(the_environment),
          checker(the_dataset, environment, *graph, used) {
        graph->dataset = &the_dataset;
    }

    const dataset::Dataset& dataset;
    const Environment environment;
    std::shared_ptr<Graph> graph = std::make_shared<Graph>();
    Used used;
    Checker checker;
    std::map<NodeId, std::set<Need>> needs;
};

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
    const auto [found, is_new] = impl_->needs.try_emplace(node);
    if (is_new) found->second = impl_->checker.needs().of(node);
    return found->second;
}
std::set<Need> Compiler::reads() const {
    return impl_->checker.needs().of_all();
}
const std::vector<Alternative>& Compiler::alternatives() const {
    return impl_->graph->alternatives;
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
