#include "findings/escalations.h"

namespace caseaudit::findings {

void Escalations::add(std::string_view case_key, std::uint32_t rule, std::string_view rule_id,
                      std::string_view finding, std::string_view open_since) {
    const EscalationPlan::Issue* issue = plan_.find(rule);
    if (!issue) return;
    if (case_key != case_key_) finish();
    case_key_ = case_key;
    issues_[issue->protocol].push_back(
        {std::string(finding), rule_id, &issue->category, std::string(open_since)});
}

void Escalations::finish() {
    for (std::size_t protocol = 0; protocol < issues_.size(); ++protocol) {
        if (!issues_[protocol].empty()) write(protocol);
        issues_[protocol].clear();
    }
}

std::size_t Escalations::stage_of(const EscalationPlan::Protocol& protocol, const Noted& noted) const {
    calendar::Day since = 0;
    if (!calendar::parse_iso(noted.open_since, since)) return 0;
    static const calendar::WorkingDays weekends;
    std::int64_t days =
        (protocol.working_days ? *protocol.working_days : weekends).between(since, plan_.as_at);
    std::size_t stage = 0;
    for (; stage + 1 < protocol.stages.size() && days > protocol.stages[stage].working_days; ++stage)
        days -= protocol.stages[stage].working_days;
    return stage;
}

void Escalations::write(std::size_t number) {
    const auto& protocol = plan_.protocols[number];
    std::size_t stage = 0;
    for (const Noted& noted : issues_[number]) stage = std::max(stage, stage_of(protocol, noted));
    append_element(form_, out_, "proposed_escalation",
                   [&](JsonText& json) { write_members(json, number, stage); });
}

void Escalations::write_members(JsonText& json, std::size_t number, std::size_t stage) const {
    const auto& protocol = plan_.protocols[number];
    json.member("case", case_key_).member("pack", protocol.pack);
    json.member("stage", std::uint64_t{stage + 1}).member("addressee", protocol.stages[stage].addressee);
    json.key("issues").open('[');
    for (const Noted& noted : issues_[number]) {
        json.open('{').member("finding", noted.finding).member("rule", noted.rule);
        json.member("category", *noted.category);
        if (!noted.open_since.empty()) json.member("open_since", noted.open_since);
        json.close('}');
    }
    json.close(']');
}

}  // namespace caseaudit::findings
