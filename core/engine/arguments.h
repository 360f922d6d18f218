// From what a rule writes under `with:` to the arguments its check is created with.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "caseaudit/plugin.h"
#include "expression/expression.h"
#include "rulepack/pack.h"

namespace caseaudit::engine {

// The arguments of one check for one rule. Owns every string the C structs point to; not to be moved once
// configuration() was called.
class Arguments {
  public:
    Arguments(std::string pack, std::string rule) : pack_(std::move(pack)), rule_(std::move(rule)) {}
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;

    // Reads the rule's arguments by the check's schema and compiles the expressions in `scope`. Errors
    // point into the rule file. A check with a date expression `as_at` that the rule leaves out gets the
    // run's as-at date.
    Diagnostics bind(const rulepack::Rule& rule, const caseaudit_check& check, expression::Compiler& compiler,
                     const expression::Environment& environment, const expression::Scope& scope);

    caseaudit_configuration configuration() const;
    // One node for each column of a batch, in order.
    const std::vector<expression::NodeId>& columns() const { return columns_; }

  private:
    struct Reader;
    std::string pack_, rule_;
    std::deque<std::string> strings_;
    std::deque<std::vector<caseaudit_value>> values_;
    std::vector<caseaudit_argument> arguments_;
    std::vector<expression::NodeId> columns_;
};

}  // namespace caseaudit::engine
