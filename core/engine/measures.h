// Measures: what annual reports count, counted from the records themselves.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "engine/columns.h"
#include "engine/discretion.h"
#include "engine/plan.h"

namespace caseaudit::engine {

// Compiles a pack's measures into the plan. Errors point into the rule files.
void plan_measures(const rulepack::LoadedPack& pack, calendar::Day as_at, Plan& plan, Diagnostics& errors);

// What one thread has counted of one measure. Sums are kept as whole millionths, so that the order in which
// they are added up does not show.
class MeasureTally {
  public:
    // Counts the rows of a batch. Groups are named as `discretion` has it; null: as they are.
    void count(const PlannedMeasure& measure, expression::Batch& batch, std::uint32_t rows,
               const Discretion* discretion);
    void add(const MeasureTally& other);
    MeasureOutcome outcome(const PlannedMeasure& measure) const;

  private:
    struct Counts {
        std::uint64_t population = 0, met = 0, undecided = 0;
        std::int64_t millionths = 0;
        void add(const Counts& other);
    };
    using Values = std::vector<std::string>;
    void judge(const PlannedMeasure& measure, const expression::Vector& verdicts, std::uint32_t row,
               Counts& counts) const;
    MeasureGroup group(const PlannedMeasure& measure, const Counts& counts, std::uint64_t all) const;
    std::map<Values, Counts> with_totals(bool totals, std::size_t keys) const;

    std::map<Values, Counts> groups_;
    Selection selection_;
};

}  // namespace caseaudit::engine
