// Puts the parts of a document into its output in their order: as JSON, where what is found waits for the
// outcome of the rules, or as NDJSON, where it goes out as soon as it is its turn.
#pragma once
#include <set>

#include "findings/document.h"
#include "platform/spool.h"

namespace caseaudit::findings {

// Of some cases: elements with commas between, or lines, as append_element() makes them.
struct Elements {
    std::string findings, escalations, timelines;
};

// Not safe to share between threads.
class Layout {
  public:
    // What waits is kept in `spool_folder` (platform::Spool).
    Layout(Form form, Output& output, const std::string& spool_folder);

    void begin(const RunInfo& run);
    // The next piece of a batch; after it come `more` or none. Batches are numbered from 0 without gaps, come
    // in any order and may grow by turns: the document has them in the order of their numbers.
    void take(std::size_t batch, const Elements& elements, bool more);
    struct End {
        const std::vector<RuleOutcome>& rules;
        const std::vector<MeasureOutcome>& measures;
        const std::vector<ThresholdOutcome>& thresholds;
        const std::vector<WaiverInfo>& waivers;
        const std::vector<RejectedInfo>& rejected;
    };
    // After the last piece of each batch: what could not be written of all this, and why.
    Diagnostics finish(const RunInfo& run, const End& end);

  private:
    void finish_json(const RunInfo& run, const End& end);
    void finish_lines(const End& end);
    void put(std::string_view bytes);
    void put_if_much(std::string& bytes);  // and empties it
    void keep(platform::Spool& spool, std::size_t batch, std::string_view elements);
    void release(platform::Spool& spool, std::size_t batch);
    void put_all(platform::Spool& spool);
    void put_whole_batches();
    void fail(std::string_view what);

    Form form_;
    Output& output_;
    platform::Spool findings_, escalations_, timelines_;  // that wait, by batch
    std::size_t turn_ = 0;                                // of NDJSON: the batch that is being put out
    std::set<std::size_t> whole_;                         // later batches that wait for their turn alone
    std::string trouble_;
};

}  // namespace caseaudit::findings
