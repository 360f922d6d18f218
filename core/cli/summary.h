// What a person reads after a run: counts, never a value of a child.
#pragma once
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "findings/document.h"

namespace caseaudit::cli {

struct Totals {
    std::uint64_t findings = 0, cases_with = 0, cases = 0, records = 0, rejected = 0;
    std::string output;  // where the findings went
    double seconds = 0;
    std::size_t measures = 0, measures_skipped = 0;
};

std::string summary(const findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                    const std::vector<findings::RejectedInfo>& rejected, const Totals& totals);

}  // namespace caseaudit::cli
