// What became of the findings of a run: how many of each rule were known or are waived, what each waiver was
// good for, and, for a history, every finding.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "caseaudit/findings.h"
#include "findings/document.h"
#include "findings/life.h"

namespace caseaudit::findings {

// Of some findings, in their order.
struct Judged {
    struct Waived {
        std::uint32_t rule = 0;
        int waiver = 0;      // into WaiverBook::waivers()
        bool shown = false;  // false: it is in the baseline, and so not in the document
    };
    std::vector<std::uint32_t> known;  // the rule of each
    std::vector<Waived> waived;
    std::vector<Seen> seen;   // empty without a history
    std::uint64_t cases = 0;  // of which these list the first finding; records of no case have none
};

// Not safe to share between threads.
class Tally {
  public:
    // `life` may be null, and outlives it.
    Tally(std::size_t rules, const Life* life);
    // Batches come in any order, and each in its own: by pieces.
    void add(std::size_t batch, Judged&& judged);
    // Adds what is known and what is waived of each rule to its counts.
    void count(std::vector<RuleOutcome>& rules) const;
    // In the order of batches; none are left.
    std::vector<Seen> take_seen();
    std::vector<WaiverInfo> waivers(const std::vector<RuleOutcome>& rules) const;  // as they ended
    std::uint64_t cases() const { return cases_; }

  private:
    struct Counts {
        std::uint64_t known = 0, waived = 0;
    };
    const Life* life_;
    std::uint64_t cases_ = 0;
    std::vector<Counts> counts_;       // by rule
    std::vector<std::uint64_t> used_;  // by waiver: findings that it waived, those of the baseline too
    std::map<std::size_t, std::vector<Seen>> seen_;  // by batch
};

}  // namespace caseaudit::findings
