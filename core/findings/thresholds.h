// How many findings make an audit fail: what packs and the command line allow, and what became of it.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::findings {

// What was allowed of a rule, of the rules of a severity, or of all rules of a pack, and what there was.
struct ThresholdOutcome {
    std::string pack, rule, severity;  // of a rule, a severity or, where both are empty, a pack
    Threshold fail_if;
    std::uint64_t findings = 0, judged = 0;  // judged: passed or failed
    bool exceeded = false;
};

// Of the findings of a rule those that count: the baseline does not hold them and nobody answers for them.
std::uint64_t counting(const RuleOutcome& rule);

// The most special one that a rule has counts for it: its own, then its severity's, then its pack's. A rule
// is in the sums of that one alone.
class Thresholds {
  public:
    void set_rule(const std::string& pack, const std::string& rule, Threshold threshold);
    void set_severity(const std::string& pack, const std::string& severity, Threshold threshold);
    void set_pack(const std::string& pack, Threshold threshold);

    bool covers(const RuleOutcome& rule) const;
    // In the order of packs; of one pack rules by id, then severities, then the pack.
    std::vector<ThresholdOutcome> judge(const std::vector<RuleOutcome>& rules) const;

  private:
    struct OfPack {
        std::map<std::string, Threshold> rules, severities;
        std::optional<Threshold> whole;
    };
    std::map<std::string, OfPack> packs_;
};

// The outcome that counts for a rule; null where none does.
const ThresholdOutcome* threshold_of(const RuleOutcome& rule, const std::vector<ThresholdOutcome>& outcomes);

}  // namespace caseaudit::findings
