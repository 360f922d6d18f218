#include "findings/life.h"

namespace caseaudit::findings {

Standing Life::judge(const Seen& seen, const Finding& finding) const {
    Standing standing;
    const std::string_view who[] = {finding.responsible, finding.team, finding.worker};
    standing.waiver = waivers.find(seen.rule, seen.case_name, seen.id, who);
    if (with_baseline) {
        const auto then = baseline.find(seen.id);
        // Somebody answered for it until then, and nobody has accepted it since.
        standing.known = then != baseline.end() && (!then->second || standing.waiver >= 0);
        standing.state = then != baseline.end() ? "persisting" : "new";
    }
    if (!with_history) return standing;
    const auto earlier = past.find(seen.id);
    const bool before = earlier != past.end();
    standing.state = !before ? "new" : earlier->second.resolved ? "reopened" : "persisting";
    standing.first_seen = before ? std::string_view(earlier->second.first_seen) : as_at;
    standing.open_since =
        before && !earlier->second.resolved ? std::string_view(earlier->second.open_since) : as_at;
    return standing;
}

}  // namespace caseaudit::findings
