// The history of an authority's audits: one SQLite file with its runs, the life of every finding, and the
// measures. It holds no case key: cases go by their pseudonyms. A run takes the file for itself from the
// moment it asks what is known until it has added what it found, all in one transaction: a crash leaves the
// history as it was, and of two runs at once one waits for the other. Days are as-at days of runs, never the
// clock's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "diagnostic/diagnostic.h"
#include "findings/document.h"
#include "findings/life.h"
#include "history/database.h"

namespace caseaudit::history {

// Waits up to `patience` milliseconds for another run. Not shared between threads.
class History {
  public:
    // Makes the file when there is none. Fails when it was made with another key or by a later version, or
    // when it knows a run of the same dataset as at a later day: what is resolved and reopened goes by days
    // in order.
    static Result<History> begin(const std::string& path, const findings::RunInfo& run, int patience);

    // What is known of the findings of these packs.
    Result<findings::Pasts> past();
    // Gives every group of the measures its figures of earlier runs, oldest first, the last of each day, at
    // most `most` of them.
    Diagnostics add_trends(std::vector<MeasureOutcome>& measures, std::size_t most = 24);
    // Adds the run. `whole`: nothing was rejected, so that what a rule that ran did not find is resolved.
    Diagnostics add(const std::vector<RuleOutcome>& rules, const std::vector<findings::Seen>& seen,
                    const std::vector<MeasureOutcome>& measures, bool whole);
    // Makes it last. Without it nothing of this run is kept.
    Diagnostics commit();

  private:
    History() = default;
    bool add_run(const std::vector<RuleOutcome>& rules, std::size_t found, bool whole);
    bool add_findings(const std::vector<RuleOutcome>& rules, const std::vector<findings::Seen>& seen);
    bool resolve(const std::vector<RuleOutcome>& rules);
    bool add_measures(const std::vector<MeasureOutcome>& measures);

    Database database_;
    findings::RunInfo run_;
    std::int64_t number_ = 0;  // of this run
};

// What the command shows. Each fails with "history.open" when the file is none.
struct RunEntry {
    std::int64_t number = 0;
    std::string as_at, dataset, packs, key_id;
    std::int64_t findings = 0, added = 0, reopened = 0, resolved = 0;
    bool whole = false;
};
Result<std::vector<RunEntry>> runs(const std::string& path);

struct Event {
    std::int64_t run = 0;
    std::string as_at, what;  // found, resolved, reopened
};
struct FindingEntry {
    std::string id, pack, rule, severity, case_name, responsible, first_seen, last_seen, open_since;
    std::optional<std::string> resolved;  // the day
    std::vector<Event> events;
};
// Those whose id begins so, at most ten.
Result<std::vector<FindingEntry>> findings_of(const std::string& path, const std::string& id);

struct Figure {
    std::int64_t run = 0;
    std::string as_at, pack, group;  // "month 2026-03, team North"; "" for all together
    std::int64_t population = 0;
    std::optional<double> rate, value;
};
Result<std::vector<Figure>> figures_of(const std::string& path, const std::string& measure);

}  // namespace caseaudit::history
