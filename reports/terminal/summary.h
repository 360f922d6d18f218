// What a person reads after a run: counts, rules, reasons; never a case or a value of a child. What comes
// from packs and files is shown with its control characters made visible.
#pragma once
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "findings/document.h"

namespace caseaudit::reports {

struct Totals {
    std::uint64_t cases_with = 0, records = 0;  // cases_with: of the findings that the document lists
    std::string output;                         // where the findings went; "" when they went nowhere by name
    double seconds = 0;                         // 0: not known
    std::string verdict;  // the exit status and why it is that; "" when there is no run to end
    std::vector<findings::WaiverInfo> waivers;
};

struct Style {
    std::size_t width = 120;  // characters of a line
    bool colour = false;      // by ANSI escapes
    bool verbose = false;     // every rule, reason and rejected row, not the first few
};

std::string summary(const findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                    const std::vector<MeasureOutcome>& measures,
                    const std::vector<findings::ThresholdOutcome>& thresholds,
                    const std::vector<findings::RejectedInfo>& rejected, const Totals& totals,
                    const Style& style);

}  // namespace caseaudit::reports
