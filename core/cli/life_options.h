// What --baseline, --waivers and --history bring to a run, and what the history takes from it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "findings/document.h"
#include "history/history.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

struct LifeOptions {
    std::string baseline, waivers, history;  // files; "" for none
};

// Of one run. From read() on the history, where there is one, is this run's alone until it ends.
class LifeOfFindings {
  public:
    using Packs = std::vector<std::unique_ptr<rulepack::LoadedPack>>;

    explicit LifeOfFindings(const LifeOptions& options) : options_(options) {}

    // Reads all three; what should be known of them goes into the notes of `run`. All errors in one go.
    Diagnostics read(findings::RunInfo& run, const std::vector<RuleOutcome>& rules, const Packs& packs,
                     calendar::Day as_at);
    const findings::Life* life() const { return &life_; }

    Diagnostics add_trends(std::vector<MeasureOutcome>& measures);
    // Adds the run to the history, where it lasts from commit() on. `whole`: nothing was rejected.
    Diagnostics add(const std::vector<RuleOutcome>& rules, const std::vector<findings::Seen>& seen,
                    const std::vector<MeasureOutcome>& measures, bool whole);
    Diagnostics commit();
    // Lets go of the history: what was not committed is given up.
    void end() { history_.reset(); }

  private:
    Diagnostics read_baseline(findings::RunInfo& run, const std::vector<RuleOutcome>& rules);
    Diagnostics read_waivers(findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                             const Packs& packs, calendar::Day as_at);
    Diagnostics read_history(const findings::RunInfo& run);

    const LifeOptions& options_;
    findings::Life life_;
    std::optional<history::History> history_;
};

}  // namespace caseaudit::cli
