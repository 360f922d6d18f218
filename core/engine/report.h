// From a row that failed to a finding: message, records, fields, identity.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "caseaudit/findings.h"
#include "casebook/casebook.h"
#include "engine/discretion.h"
#include "engine/plan.h"
#include "expression/expression.h"

namespace caseaudit::engine {

// How a case key is written where identifiers are not shown; empty: as withheld_text.
using CaseName = std::function<std::string(std::string_view)>;

struct Failure {
    std::uint32_t row = 0;  // of the scope, within the batch
    std::vector<Evidence> evidence;
    std::vector<std::uint32_t> judged_by;  // rows of the scope, within the batch
};

// Writes the findings of one rule part in one batch. One per thread.
class Reporter {
  public:
    // `bound` is what `batch` evaluates. Without `discretion` everything is written as it stands in the
    // extract.
    Reporter(const casebook::Casebook& casebook, const expression::Bound& bound, expression::Batch& batch,
             const Discretion* discretion, const CaseName& case_name)
        : casebook_(casebook), bound_(bound), batch_(batch), discretion_(discretion), case_name_(case_name) {}
    // Before the findings of a rule part in a batch. `few`: what a finding says is worked out for its case
    // alone and not for all rows of the batch.
    void begin(bool few) {
        few_ = few;
        case_alone_.reset();
    }
    Finding report(const RulePart& part, std::uint32_t rule, std::uint32_t case_index,
                   const Failure& failure);

  private:
    void add_record(const RulePart& part, Role role, int table, expression::Which which, std::uint32_t row,
                    Finding& finding);
    void add_derived(const RulePart& part, int table, expression::Which which, int field, std::uint32_t row,
                     Record& record);
    void add_rows(const RulePart& part, Role role, const RowsNode& rows, std::uint32_t row, Finding& finding);
    std::string shown(int table, expression::Which which, int field, std::uint32_t row) const;
    void withhold(const RulePart& part, Finding& finding) const;
    std::string text_of(const ShownNode& shown, int table, std::uint32_t row);
    std::string name(const ShownNode& name, int table, std::uint32_t row);
    std::string message(const RulePart& part, const Finding& finding, std::uint32_t row);
    expression::Batch& batch_of(std::uint32_t case_index);
    std::string identity(const RulePart& part, std::uint32_t row, std::uint32_t case_index,
                         bool known_case) const;

    struct Seen {
        int table;
        expression::Which which;
        std::uint32_t row;
        bool operator==(const Seen&) const = default;
    };
    const casebook::Casebook& casebook_;
    const expression::Bound& bound_;
    expression::Batch& batch_;
    std::unique_ptr<expression::Batch> alone_;  // of one case; made when it is first needed
    std::optional<std::uint32_t> case_alone_;   // which
    expression::Batch* said_by_ = nullptr;      // of these two, for the finding in hand
    bool few_ = false;
    const Discretion* discretion_;  // null: identifiers are shown
    bool misplaced_ = false;        // whether a record of the finding in hand is
    const CaseName& case_name_;
    std::vector<Seen> seen_;  // records of the finding in hand: none is listed twice
    std::vector<std::uint32_t> rows_;
};

// A date for people: 31 March 2026.
std::string in_words(calendar::Day day);

}  // namespace caseaudit::engine
