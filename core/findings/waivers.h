// Waivers: findings that somebody answers for, with a reason, for a time. A waived finding stays in the
// document and is no cause to fail. Whatever is wrong with a waiver, the finding counts.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/civil.h"
#include "caseaudit/findings.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::findings {

// Which findings: those that all of what is given agrees with. `rule` and `responsible` may hold * for any
// text.
struct Waiver {
    std::string rule, pack, case_name, finding, responsible;
    std::string reason, basis, owner;
    calendar::Day expires = 0;  // the last day that it holds for
    Place place;
};

// `not_judged`: it waived nothing, and no rule that it names was judged: whether it is still needed nobody
// can tell.
enum class WaiverStatus : std::uint8_t { used, unused, expired, over_broad, not_judged };
std::string_view name(WaiverStatus status);

// All errors of the file in one go, each with file:line:column. `as_at` is the day of the run: a waiver may
// not run for more than a year after it.
Result<std::vector<Waiver>> read_waivers(const std::string& path, calendar::Day as_at);

// Whether `text` is what `pattern` says, where * stands for any text, none included.
bool fits(std::string_view pattern, std::string_view text);

// The JSON Schema of waiver files, for editors.
std::string waivers_schema();

// Which waivers stand against the findings of each rule of a run. Immutable; safe to share between threads.
class WaiverBook {
  public:
    WaiverBook() = default;
    WaiverBook(std::vector<Waiver> waivers, const std::vector<RuleOutcome>& rules, calendar::Day as_at);

    // The first waiver for the finding, as a number into waivers(), or -1. `case_name` is the pseudonym;
    // `who`: the team, the worker and whoever else is to act.
    int find(std::uint32_t rule, std::string_view case_name, std::string_view finding,
             std::span<const std::string_view> who) const;
    const std::vector<Waiver>& waivers() const { return waivers_; }
    // `waived`: how many findings it waived. `rules`: of the constructor, as they ended.
    WaiverStatus status(std::size_t waiver, std::uint64_t waived,
                        const std::vector<RuleOutcome>& rules) const;

  private:
    std::vector<Waiver> waivers_;
    std::vector<WaiverStatus> status_;                // as known before the run: unused, expired, over_broad
    std::vector<std::vector<std::size_t>> rules_of_;  // numbers of the rules that each names
    std::vector<std::vector<std::size_t>> by_rule_;   // waivers that hold, by number of the rule
};

}  // namespace caseaudit::findings
