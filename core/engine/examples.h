// Runs the examples that stand beside rules: each is a small extract, audited by its rule alone.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "engine/plan.h"

namespace caseaudit::engine {

struct ExampleFailure {
    std::string rule;
    std::size_t number = 0;  // of the rule's examples, from 1
    Place place;
    std::string expected, found;
};

// It finds nothing, as it says, and passed nothing: all that it gives is undecided, and it does not say so.
struct UnjudgedExample {
    std::string rule;
    std::size_t number = 0;  // of the rule's examples, from 1
    Place place;
};

struct ExampleReport {
    std::size_t examples = 0, rules_with = 0, rules_without = 0;
    std::vector<ExampleFailure> failures;
    std::vector<UnjudgedExample> unjudged;
    Diagnostics errors;  // examples that could not be run
};

// `only`: rule ids; empty for all. The pack must have been loaded with its examples.
ExampleReport run_examples(const rulepack::LoadedPack& pack, const plugin::Registry& registry,
                           const std::set<std::string>& only);

}  // namespace caseaudit::engine
