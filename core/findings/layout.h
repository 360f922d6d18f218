// Puts the parts of a document into its output in their order: as JSON, where what is found waits for the
// outcome of the rules, or as NDJSON, where findings go out as soon as it is their turn.
#pragma once
#include "findings/document.h"
#include "platform/spool.h"

namespace caseaudit::findings {

// A list's elements of some cases, each as append_element() makes it.
class CaseElements {
  public:
    std::string text;
    // What `text` has grown by belongs at this place.
    void end(std::uint64_t place) {
        const std::size_t before = cases_.empty() ? 0 : cases_.back().end;
        if (text.size() > before) cases_.push_back({place, text.size()});
    }
    // Calls visit(place, elements).
    template <class Visit>
    void for_each(Visit&& visit) const {
        std::size_t begin = 0;
        for (const Case& one : cases_) {
            visit(one.place, std::string_view(text).substr(begin, one.end - begin));
            begin = one.end;
        }
    }

  private:
    struct Case {
        std::uint64_t place;
        std::size_t end;  // of its elements in `text`
    };
    std::vector<Case> cases_;
};
struct Elements {
    CaseElements findings, escalations, timelines;
};

// Not safe to share between threads.
class Layout {
  public:
    // What waits is kept in `spool_folder` (platform::Spool).
    Layout(Form form, Output& output, const std::string& spool_folder);

    void begin(const RunInfo& run);
    // In any order: the document has them in the order of their places, those of one place as they came.
    void take(const Elements& elements);
    // Nothing that is before this place comes any more.
    void taken_before(std::uint64_t place);
    struct End {
        const std::vector<RuleOutcome>& rules;
        const std::vector<MeasureOutcome>& measures;
        const std::vector<ThresholdOutcome>& thresholds;
        const std::vector<WaiverInfo>& waivers;
        const std::vector<RejectedInfo>& rejected;
    };
    // After the last of all: what could not be written of all this, and why.
    Diagnostics finish(const RunInfo& run, const End& end);

  private:
    void finish_json(const RunInfo& run, const End& end);
    void finish_lines(const End& end);
    void put(std::string_view bytes);
    void put_if_much(std::string& bytes);  // and empties it
    void keep(platform::Spool& spool, const CaseElements& elements);
    void release(platform::Spool& spool, std::uint64_t end);
    void put_all(platform::Spool& spool);
    void fail(std::string_view what);

    Form form_;
    Output& output_;
    platform::Spool findings_, escalations_, timelines_;  // that wait
    std::string trouble_;
};

}  // namespace caseaudit::findings
