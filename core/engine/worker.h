// Evaluates and judges ranges of cases on one thread.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/columns.h"
#include "engine/measures.h"
#include "engine/report.h"
#include "engine/run.h"
#include "plugin/verdicts.h"

namespace caseaudit::engine {

// A part that runs, with the number of its rule among the outcomes.
struct Job {
    const RulePart* part;
    std::uint32_t rule;
    std::size_t plan;
};

// A measure that is counted, with its number among the outcomes.
struct MeasureJob {
    const PlannedMeasure* measure;
    std::size_t number;
    std::size_t plan;
};

// Everything to be done for each range. The same for all threads.
struct Work {
    std::vector<Job> jobs;
    std::vector<MeasureJob> measures;
    std::size_t rules = 0, measure_count = 0;
    std::vector<std::unique_ptr<expression::Bound>> bound;  // one for each plan
    std::unique_ptr<const Discretion> discretion;           // null: identifiers are shown
};

struct RuleCounts {
    std::uint64_t population = 0, failed = 0, undecided = 0, scope_undecided = 0;
    std::int64_t nanoseconds = 0;
};

struct Trouble {
    std::size_t range;
    std::string text;
};

// A row that its check's plugin could not judge, by its number among the rows of its table.
struct Skipped {
    int table = -1;            // dataset table; -1: a case
    std::uint32_t row = 0;     // in the casebook
    std::string cause, words;  // as in plugin::Unjudged
    auto operator<=>(const Skipped&) const = default;
};
struct SkippedRows {
    std::vector<Skipped> broke_on;
    std::uint64_t unasked = 0;  // rows that a plugin was not asked about any more
    std::string why_unasked;
};

// What one thread counts; added up at the end.
struct Tally {
    std::vector<RuleCounts> counts;
    std::vector<std::optional<Trouble>> trouble;  // the earliest range in which a rule's check broke
    std::vector<SkippedRows> skipped;             // of each rule
    std::vector<MeasureTally> measures;
};

class Worker {
  public:
    Worker(const Work& work, const casebook::Casebook& casebook, const RunOptions& options,
           FindingConsumer& consumer);
    // Hands the findings of cases [begin, end) to the consumer.
    void judge(std::size_t range, std::uint32_t begin, std::uint32_t end);
    const Tally& tally() const { return tally_; }

  private:
    bool fits(std::uint64_t rows, std::uint64_t listed) const;
    bool surely_fit(std::uint32_t begin, std::uint32_t end) const;
    std::uint32_t end_of_step(std::uint32_t begin, std::uint32_t end);
    void judge_step(std::size_t range, std::uint32_t begin, std::uint32_t end);
    void hand_over(std::size_t range, bool more);
    struct Failed {
        std::uint32_t case_index;
        const Job* job;
        Failure failure;
    };
    void report_those_of_no_case(std::size_t range, std::uint32_t begin, std::uint32_t end);
    void report(std::size_t range, const Failed& failed);
    void tell_apart(std::uint32_t case_index, Finding& finding);
    std::uint32_t choose(const RulePart& part, expression::Batch& batch, RuleCounts& counts);
    void judge(std::size_t range, std::uint32_t begin, std::uint32_t end, const Job& job);
    void take_verdicts(std::size_t range, const Job& job, const plugin::Verdicts& verdicts,
                       const std::vector<std::uint32_t>& cases);
    void note_skipped(const Job& job, std::uint32_t begin, const std::vector<plugin::Unjudged>& unjudged);
    plugin::Verdicts& verdicts_of(const RulePart& part);
    const std::vector<std::uint32_t>& cases_of(int table, std::uint32_t begin, std::uint32_t end,
                                               const expression::Batch& batch);
    void tell_undecided(std::uint32_t rule, std::uint32_t case_index);

    const Work& work_;
    const casebook::Casebook& casebook_;
    const RunOptions& options_;
    FindingConsumer& consumer_;
    std::vector<std::unique_ptr<expression::Batch>> batches_;  // one for each plan
    std::vector<std::unique_ptr<Reporter>> reporters_;
    Tally tally_;
    Selection selection_;
    std::unordered_map<std::pmr::memory_resource*, ColumnSet> columns_;
    std::unordered_map<const caseaudit_check*, std::unique_ptr<plugin::Verdicts>> verdicts_;
    std::unordered_map<const caseaudit_check*, plugin::CheckSchema> schemas_;
    struct CaseRows {
        bool known = false;  // in this step
        std::vector<std::uint32_t> cases;
    };
    std::map<int, CaseRows> case_rows_;  // the case of each row, by table
    std::vector<std::uint32_t> chosen_cases_;
    std::vector<plugin::Unjudged> unjudged_;
    std::vector<Finding> findings_;                        // of the step; not handed over yet
    std::size_t weight_ = 0;                               // of findings_: they and their records
    bool in_order_ = false;                                // they come in the order of the document
    std::vector<Failed> of_no_case_;                       // of the range; not reported yet
    std::uint32_t told_apart_ = 0;                         // the rule that seen_ is about
    std::unordered_map<std::size_t, std::uint32_t> seen_;  // how often a record was, by its hash
    std::vector<std::uint32_t> starts_;
    struct Rows {
        std::uint64_t rows = 0, listed = 0;  // listed: where each lists all of its table
    };
    std::vector<Rows> rows_of_cases_;
};

}  // namespace caseaudit::engine
