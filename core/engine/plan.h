// What a run will do: every rule of the packs compiled against the dataset and tied to its check. Made
// without data, so that linting and running find the same errors.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/arguments.h"
#include "expression/expression.h"
#include "expression/identifiers.h"
#include "plugin/registry.h"
#include "rulepack/pack.h"

namespace caseaudit::engine {

// An expression of which a finding shows what it gives.
struct ShownNode {
    expression::NodeId node = -1;  // -1: there is none
    expression::Type type;
    bool withheld = false;                     // would show an identifier of a child
    std::optional<expression::ShownField> of;  // the field that it shows a cell of
};

struct CompiledPiece {
    std::string text;       // literal text; of a placeholder what was written between the braces
    ShownNode shown;        // of an expression
    bool evidence = false;  // names a piece of the check's evidence
};

// An expression that gives records.
struct RowsNode {
    expression::NodeId node = -1;
    int table = -1;
    expression::Which which = expression::Which::current;
};

// A field to show that is derived where the extract has no column of it.
struct DerivedColumn {
    int table = -1;
    expression::Which which = expression::Which::current;
    int field = -1;
    expression::NodeId node = -1;
};

// A rule over one of the tables it is for.
struct RulePart {
    int table = -1;                          // dataset table; -1: once per case
    expression::NodeId where = -1;           // -1: every row
    std::vector<expression::NodeId> except;  // rows for which one of these is true are left out
    std::vector<ColumnNode> columns;
    std::unique_ptr<plugin::ArgumentSet> arguments;
    const caseaudit_check* definition = nullptr;
    std::unique_ptr<plugin::CompiledCheck> check;
    std::vector<CompiledPiece> message;
    std::vector<RowsNode> also_report, context;
    ShownNode who, team, worker;                          // who is to act
    bool evidence_withheld = false;                       // would show an identifier of a child
    std::set<expression::Need> needs;                     // what decides whether it can run
    std::vector<std::pair<int, std::vector<int>>> shown;  // fields to show, by dataset table
    std::vector<DerivedColumn> derived;                   // of those
};

struct PlannedRule {
    const rulepack::Rule* rule = nullptr;
    std::string skipped;  // why it does not take part whatever the data; "" when it does
    std::vector<RulePart> parts;
};

// A measure, compiled.
struct PlannedMeasure {
    const rulepack::Measure* measure = nullptr;
    std::string skipped;  // why it does not take part whatever the data; "" when it does
    int table = -1;       // dataset table; -1: once per case
    expression::NodeId where = -1, met = -1, value = -1;
    std::vector<expression::NodeId> except, by;
    std::vector<std::optional<expression::ShownField>> fields_by;  // of `by`, the fields they show cells of
    std::set<expression::Need> needs;
};

// Holds pointers into the pack it was made from.
struct Plan {
    const rulepack::LoadedPack* pack = nullptr;
    expression::Environment environment;
    std::unique_ptr<expression::Compiler> compiler;
    std::vector<PlannedRule> rules;
    std::vector<PlannedMeasure> measures;  // none when single rules were asked for
};

struct PlanOptions {
    calendar::Day as_at = 0;
    std::set<std::string> only;  // rule ids; empty: all
};

// All errors in one go: misspelt names, unknown checks, wrong types, refusals of plugins.
Result<Plan> plan(const rulepack::LoadedPack& pack, const plugin::Registry& registry,
                  const PlanOptions& options);

}  // namespace caseaudit::engine
