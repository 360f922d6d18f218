// From what a rule writes under `with:` to the arguments its check is created with.
#pragma once
#include <memory>
#include <vector>

#include "expression/expression.h"
#include "plugin/arguments.h"
#include "rulepack/pack.h"

namespace caseaudit::engine {

// A column of a batch. A code that is not on its list is invalid and yet known: `off_list` tells which are.
struct ColumnNode {
    expression::NodeId value = -1;
    expression::NodeId off_list = -1;  // boolean; -1: the column holds no codes
};

struct BoundArguments {
    std::unique_ptr<plugin::ArgumentSet> set;
    std::vector<ColumnNode> columns;  // in order
};

// Reads the rule's arguments by the check's schema and compiles the expressions in `scope`. Errors go to
// `errors` and point into the rule file.
BoundArguments bind_arguments(const rulepack::Rule& rule, const caseaudit_check& check,
                              expression::Compiler& compiler, const expression::Environment& environment,
                              const expression::Scope& scope, Diagnostics& errors);

}  // namespace caseaudit::engine
