// From what a rule writes under `with:` to the arguments its check is created with.
#pragma once
#include <memory>
#include <vector>

#include "expression/expression.h"
#include "plugin/arguments.h"
#include "rulepack/pack.h"

namespace caseaudit::engine {

struct BoundArguments {
    std::unique_ptr<plugin::ArgumentSet> set;
    std::vector<expression::NodeId> columns;  // one for each column of a batch, in order
};

// Reads the rule's arguments by the check's schema and compiles the expressions in `scope`. Errors go to
// `errors` and point into the rule file.
BoundArguments bind_arguments(const rulepack::Rule& rule, const caseaudit_check& check,
                              expression::Compiler& compiler, const expression::Environment& environment,
                              const expression::Scope& scope, Diagnostics& errors);

}  // namespace caseaudit::engine
