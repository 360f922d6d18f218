// Proposed escalations: the findings that would start a dispute by the protocol of their pack, put together
// child by child. One dispute, with an issue for each finding.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/working_days.h"
#include "findings/json_text.h"

namespace caseaudit::findings {

// What the packs of a run propose.
struct EscalationPlan {
    struct Protocol {
        struct Stage {
            std::string addressee;
            std::int64_t working_days = 0;  // that it may take
        };
        std::string pack;
        std::vector<Stage> stages;                            // one at least
        const calendar::WorkingDays* working_days = nullptr;  // null: weekends alone do not count
    };
    struct Issue {
        std::uint32_t protocol = 0;  // into protocols
        std::string category;
    };
    calendar::Day as_at = 0;
    std::vector<Protocol> protocols;
    std::vector<std::optional<Issue>> rules;  // by number of the rule in the run; empty: proposes nothing
    const Issue* find(std::uint32_t rule) const {
        return rule < rules.size() && rules[rule] ? &*rules[rule] : nullptr;
    }
};

// The proposals of the findings of some cases, which come case by case. Holds one case's at a time: rule ids
// must outlive it.
class Escalations {
  public:
    Escalations(const EscalationPlan& plan, Form form, std::string& out)
        : plan_(plan), form_(form), out_(out), issues_(plan.protocols.size()) {}

    // `case_key` as it is shown. `open_since`: the day from which on every run found it, yyyy-mm-dd, "" for
    // today. One that has been open for longer than the first stage may take would be at the next by now, and
    // is proposed there.
    void add(std::string_view case_key, std::uint32_t rule, std::string_view rule_id,
             std::string_view finding, std::string_view open_since);
    void finish();  // writes the last case

  private:
    struct Noted {
        std::string finding;
        std::string_view rule;
        const std::string* category;
        std::string open_since;  // yyyy-mm-dd, or ""
    };
    std::size_t stage_of(const EscalationPlan::Protocol& protocol, const Noted& noted) const;
    void write(std::size_t protocol);
    void write_members(JsonText& json, std::size_t protocol, std::size_t stage) const;

    const EscalationPlan& plan_;
    Form form_;
    std::string& out_;
    std::string case_key_;
    std::vector<std::vector<Noted>> issues_;  // of the case, by protocol
};

}  // namespace caseaudit::findings
