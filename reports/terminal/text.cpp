// The summary of a run, from its document, for logs and mails.
#include <set>

#include "reports/renderer.h"
#include "reports/terminal/summary.h"

namespace caseaudit::reports {
namespace {

Result<Files> render(const Source& source) {
    const auto& document = source.document;
    Totals totals;
    std::set<std::string_view> cases;
    for (const auto& finding : document.findings)
        if (!finding.case_key.empty()) cases.insert(finding.case_key);
    totals.cases_with = cases.size();
    totals.waivers = document.waivers;
    for (const auto& input : document.run.inputs) totals.records += input.rows;
    return Files{{"", summary(document.run, document.rules, document.measures, document.thresholds,
                              document.rejected, totals, {})}};
}

}  // namespace

extern const Renderer text;
const Renderer text = {"text", "The summary that a run prints, for logs and mails", false, render};

}  // namespace caseaudit::reports
