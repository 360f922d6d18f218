#include "findings/escalations.h"

namespace caseaudit::findings {

void Escalations::add(std::string_view case_key, std::uint32_t rule, std::string_view rule_id,
                      std::string_view finding) {
    const EscalationPlan::Issue* issue = plan_.find(rule);
    if (!issue || case_key.starts_with('?')) return;  // a record of no case: nobody to raise a dispute for
    if (case_key != case_key_) finish();
    case_key_ = case_key;
    issues_[issue->protocol].push_back({std::string(finding), rule_id, &issue->category});
}

void Escalations::finish() {
    for (std::size_t protocol = 0; protocol < issues_.size(); ++protocol) {
        if (!issues_[protocol].empty()) write(protocol);
        issues_[protocol].clear();
    }
}

void Escalations::write(std::size_t protocol) {
    if (form_ == Form::list && !out_.empty()) out_ += ",\n";
    JsonText json(out_);
    json.open('{');
    if (form_ == Form::lines) json.member("type", "proposed_escalation");
    json.member("case", case_key_).member("pack", plan_.protocols[protocol].pack);
    json.member("stage", std::uint64_t{1}).member("addressee", plan_.protocols[protocol].addressee);
    json.key("issues").open('[');
    for (const Noted& noted : issues_[protocol]) {
        json.open('{').member("finding", noted.finding).member("rule", noted.rule);
        json.member("category", *noted.category).close('}');
    }
    json.close(']').close('}');
    if (form_ == Form::lines) out_.push_back('\n');
}

}  // namespace caseaudit::findings
