// The life of a finding: what earlier runs and waivers have to do with one that was found now.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "findings/waivers.h"

namespace caseaudit::findings {

// What a history knows of a finding. Days are as-at days of runs, yyyy-mm-dd.
struct Past {
    std::string first_seen;
    std::string open_since;  // the latest day from which on every run found it
    bool resolved = false;   // the latest run that could have found it did not
};
using Pasts = std::unordered_map<std::string, Past>;  // by id

// How a finding stands.
struct Standing {
    bool known = false;      // in the baseline, and no waiver that it had there has run out
    int waiver = -1;         // into WaiverBook::waivers()
    std::string_view state;  // new, persisting or reopened; "" when there is nothing to tell it by
    std::string_view first_seen, open_since;  // yyyy-mm-dd; "" without a history
};

// A finding of this run, for the history.
struct Seen {
    std::string id, case_name, responsible;
    std::uint32_t rule = 0;
};

// All that a run knows of the life of its findings. Immutable while findings are judged, and then safe to
// share between threads.
struct Life {
    bool with_baseline = false, with_history = false;
    std::string as_at;
    std::unordered_map<std::string, bool> baseline;  // by id: whether it was waived then
    Pasts past;
    WaiverBook waivers;

    Standing judge(const Seen& seen, const Finding& finding) const;
};

}  // namespace caseaudit::findings
