// Carries out plans over a casebook: ranges of cases on oneTBB, one pass over a range for all rules.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "casebook/casebook.h"
#include "engine/plan.h"
#include "engine/report.h"

namespace caseaudit::engine {

// Takes the findings of ranges of cases. Called from several threads, ranges in any order; numbers count from
// 0 without gaps. A range comes in pieces, one after another, `more` saying of each whether others follow:
// one piece, unless its cases have very many rows. Within a piece findings are ordered by their place, then
// by rule; of a case that goes on in the next piece, those of this one come first.
class FindingConsumer {
  public:
    virtual ~FindingConsumer() = default;
    virtual void take(std::size_t range, std::vector<Finding>&& findings, bool more) = 0;
    // All findings before this place have been taken. Called by one thread at a time, with ever later places.
    virtual void taken_before(std::uint64_t place) { (void)place; }
    // A row of a rule's population that could not be judged. Called only with RunOptions::tell_undecided.
    virtual void undecided(std::uint32_t rule, std::string_view case_key) { (void)rule, (void)case_key; }
};

struct RunOptions {
    bool show_identifiers = false;  // else (withheld), but for case keys
    CaseName case_name;             // how these are written then
    bool tell_undecided = false;
    // At most; what is found does not depend on any of the three.
    std::uint32_t cases_per_range = 1024;
    std::uint32_t rows_at_once = 1 << 16;      // of more than one case
    std::uint32_t findings_at_once = 1 << 13;  // of one case, their records counted too
    std::int64_t (*nanoseconds)() = nullptr;   // clock for the rules' timings; none when null
};

// The rules of all plans in order, with what can be said before any data is judged: which of them are
// skipped, and why.
std::vector<RuleOutcome> prepare(const std::vector<Plan>& plans, const casebook::Casebook& casebook);

// How many ranges of cases a run hands to its consumer.
std::size_t ranges(const casebook::Casebook& casebook, const RunOptions& options);

// Runs every rule that `outcomes` (from prepare) does not list as skipped, fills in the counts, and counts
// the measures. The same findings, counts and figures whatever the number of threads of the calling arena.
std::vector<MeasureOutcome> run(const std::vector<Plan>& plans, const casebook::Casebook& casebook,
                                const RunOptions& options, std::vector<RuleOutcome>& outcomes,
                                FindingConsumer& consumer);

}  // namespace caseaudit::engine
