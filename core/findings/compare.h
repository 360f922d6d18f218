// Two findings documents compared: what is new, what persists, what is resolved. Findings are matched by
// their ids.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "findings/read.h"

namespace caseaudit::findings {

enum class Change : std::uint8_t { added, persisting, resolved, not_judged };

// A finding of either document. `not_judged`: the new document does not list it, and no rule that ran says
// that it is gone: the rule was skipped, failed or left out, or records were rejected.
struct Changed {
    Change change = Change::added;
    const ReadFinding* finding = nullptr;  // as in the newer of the documents that list it
    std::int64_t age_days = 0;  // calendar days that it has been open, or was when it was last found
};

struct Comparison {
    std::vector<Changed> changes;    // those of the new document in its order, then those of the old one only
    std::vector<std::string> notes;  // what makes the two differ beside the records
    using Counts = std::array<std::uint64_t, 4>;  // by Change
    Counts all{};
    std::map<std::string, Counts> by_rule;                             // "pack/rule"
    std::map<std::string, Counts> by_responsible, by_team, by_worker;  // "" where no rule says
    std::map<std::string, Counts> by_age;                              // see age_band
};

// "0-30", "31-90", "91-180", "181-365" and "366+" days; they sort so by their first number.
std::string_view age_band(std::int64_t days);

// Why a document cannot be what others are compared with; empty when it can.
Diagnostics comparable(const Document& old, const std::string& name, const RunInfo& current);

// Of documents that are comparable(). The result points into both.
Comparison compare(const Document& old, const Document& current);

// What makes two runs differ beside the records, in words: their packs, and what the older one did not judge,
// so that all of it is new. Empty when nothing does. `rules`: of the newer run.
std::vector<std::string> differences(const Document& old, const RunInfo& current,
                                     const std::vector<RuleOutcome>& rules);

}  // namespace caseaudit::findings
