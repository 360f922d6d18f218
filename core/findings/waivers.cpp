#include "findings/waivers.h"

namespace caseaudit::findings {
namespace {

// A pattern that takes in more rules than these, for all findings of a case or a team, waives what nobody
// looked at.
constexpr std::size_t most_rules = 10;

bool is_about(const Waiver& waiver, const RuleOutcome& rule) {
    return fits(waiver.rule, rule.rule) && (waiver.pack.empty() || waiver.pack == rule.pack);
}

bool over_broad(const Waiver& waiver, std::size_t rules) {
    if (!waiver.finding.empty()) return false;
    const bool everybody =
        waiver.case_name.empty() && waiver.responsible.find_first_not_of('*') == std::string::npos;
    return everybody || rules > most_rules;
}

}  // namespace

std::string_view name(WaiverStatus status) {
    constexpr std::string_view names[] = {"used", "unused", "expired", "over-broad", "not-judged"};
    return names[static_cast<std::size_t>(status)];
}

bool fits(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = pattern.npos, retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p, ++t;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == pattern.npos;
}

WaiverBook::WaiverBook(std::vector<Waiver> waivers, const std::vector<RuleOutcome>& rules,
                       calendar::Day as_at)
    : waivers_(std::move(waivers)), status_(waivers_.size(), WaiverStatus::unused), by_rule_(rules.size()) {
    for (std::size_t i = 0; i < waivers_.size(); ++i) {
        std::vector<std::size_t> about;
        for (std::size_t r = 0; r < rules.size(); ++r)
            if (is_about(waivers_[i], rules[r])) about.push_back(r);
        if (waivers_[i].expires < as_at)
            status_[i] = WaiverStatus::expired;
        else if (over_broad(waivers_[i], about.size()))
            status_[i] = WaiverStatus::over_broad;
        else
            for (const auto r : about) by_rule_[r].push_back(i);
        rules_of_.push_back(std::move(about));
    }
}

int WaiverBook::find(std::uint32_t rule, std::string_view case_name, std::string_view finding,
                     std::span<const std::string_view> who) const {
    if (rule >= by_rule_.size()) return -1;
    for (const auto i : by_rule_[rule]) {
        const Waiver& waiver = waivers_[i];
        if ((waiver.finding.empty() || waiver.finding == finding) &&
            (waiver.case_name.empty() || waiver.case_name == case_name) &&
            (waiver.responsible.empty() ||
             std::ranges::any_of(who, [&](std::string_view one) { return fits(waiver.responsible, one); })))
            return static_cast<int>(i);
    }
    return -1;
}

WaiverStatus WaiverBook::status(std::size_t waiver, std::uint64_t waived,
                                const std::vector<RuleOutcome>& rules) const {
    if (waived != 0) return WaiverStatus::used;
    if (status_[waiver] != WaiverStatus::unused) return status_[waiver];
    const bool judged = std::ranges::any_of(
        rules_of_[waiver], [&](std::size_t rule) { return rules[rule].status == Status::ran; });
    return judged ? WaiverStatus::unused : WaiverStatus::not_judged;
}

}  // namespace caseaudit::findings
