// What a run ends with.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "cli/command.h"
#include "findings/thresholds.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

struct Verdict {
    Exit status = Exit::clean;
    std::string why;
};

// What of a run fails it: findings from a severity on (none: --fail-on never), and more of them than allowed.
struct Failing {
    std::optional<rulepack::Severity> from;
    const findings::Thresholds& thresholds;
    const std::vector<findings::ThresholdOutcome>& judged;  // of these thresholds
};

// `outcomes` are final, what is known and waived counted; `rejected`: how many rows and files were not read.
// An audit that is not whole counts for more than what it found.
Verdict verdict(const std::vector<RuleOutcome>& outcomes, std::size_t rejected, const Failing& failing);

}  // namespace caseaudit::cli
