#include "findings/life.h"

namespace caseaudit::findings {

Standing Life::judge(const Seen& finding) const {
    Standing standing;
    standing.known = with_baseline && baseline.contains(finding.id);
    standing.waiver = waivers.find(finding.rule, finding.case_name, finding.id, finding.responsible);
    if (with_baseline) standing.state = standing.known ? "persisting" : "new";
    if (!with_history) return standing;
    const auto earlier = past.find(finding.id);
    const bool before = earlier != past.end();
    standing.state = !before ? "new" : earlier->second.resolved ? "reopened" : "persisting";
    standing.first_seen = before ? std::string_view(earlier->second.first_seen) : as_at;
    standing.open_since =
        before && !earlier->second.resolved ? std::string_view(earlier->second.open_since) : as_at;
    return standing;
}

}  // namespace caseaudit::findings
