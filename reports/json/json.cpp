// The document itself, for those who want it as --shareable makes it.
#include "reports/renderer.h"

namespace caseaudit::reports {
namespace {

Result<Files> render(const Source& source) {
    if (!source.json.empty()) return Files{{"", std::string(source.json)}};
    return Diagnostic{"report.json",
                      "the document is NDJSON, and this report gives JSON as it was read",
                      {},
                      {},
                      "run the audit with --format json",
                      {}};
}

}  // namespace

extern const Renderer json;
const Renderer json = {"json", "The document itself; with --shareable, its measures alone", false, render};

}  // namespace caseaudit::reports
