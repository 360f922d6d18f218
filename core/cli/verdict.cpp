#include "cli/verdict.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace caseaudit::cli {
namespace {

bool fails(const RuleOutcome& outcome, const Failing& failing) {
    return failing.from && findings::counting(outcome) != 0 && !failing.thresholds.covers(outcome) &&
           *rulepack::parse_severity(outcome.severity) >= *failing.from;
}

}  // namespace

Verdict verdict(const std::vector<RuleOutcome>& outcomes, std::size_t rejected, const Failing& failing) {
    const auto broken = std::count_if(outcomes.begin(), outcomes.end(),
                                      [](const auto& outcome) { return outcome.status == Status::failed; });
    const auto exceeded = std::count_if(failing.judged.begin(), failing.judged.end(),
                                        [](const auto& threshold) { return threshold.exceeded; });
    const bool found = std::any_of(outcomes.begin(), outcomes.end(),
                                   [&](const auto& outcome) { return fails(outcome, failing); });
    std::vector<std::string> why;
    if (rejected != 0) why.push_back(fmt::format("rows or files not read: {}", rejected));
    if (broken != 0) why.push_back(fmt::format("rules failed: {}", broken));
    if (!why.empty())
        return {Exit::incomplete, fmt::format("the audit is not whole; {}", fmt::join(why, ", "))};
    if (found) why.push_back(fmt::format("findings of severity {} or above", rulepack::name(*failing.from)));
    if (exceeded != 0) why.push_back(fmt::format("thresholds exceeded: {}", exceeded));
    if (!why.empty()) return {Exit::findings, fmt::format("{}", fmt::join(why, ", "))};
    return {Exit::clean, "the audit is whole, and nothing in it fails the run"};
}

}  // namespace caseaudit::cli
