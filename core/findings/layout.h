// Puts the parts of a document into its output in their order: as JSON, where what is found waits for the
// outcome of the rules, or as NDJSON, where it goes out as it comes.
#pragma once
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
    void take(const Elements& elements);
    struct End {
        const std::vector<RuleOutcome>& rules;
        const std::vector<MeasureOutcome>& measures;
        const std::vector<ThresholdOutcome>& thresholds;
        const std::vector<WaiverInfo>& waivers;
        const std::vector<RejectedInfo>& rejected;
    };
    // What could not be written of all this, and why.
    Diagnostics finish(const RunInfo& run, const End& end);

  private:
    struct Kept {
        explicit Kept(const std::string& folder) : spool(folder) {}
        platform::Spool spool;
        bool began = false;
    };
    void finish_json(const RunInfo& run, const End& end);
    void finish_lines(const End& end);
    void put(std::string_view bytes);
    void put_if_much(std::string& bytes);  // and empties it
    void keep(Kept& kept, std::string_view elements);
    void put(Kept& kept);
    void fail(std::string_view what);

    Form form_;
    Output& output_;
    Kept findings_, escalations_, timelines_;
    std::string trouble_;
};

}  // namespace caseaudit::findings
