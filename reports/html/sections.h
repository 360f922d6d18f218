// The parts of a findings document as they are written, for a page that reads JSON itself: whatever a later
// version of the document adds is there for it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reports/renderer.h"

namespace caseaudit::reports {

// Each element is JSON, without what surrounds it.
struct Sections {
    struct Timeline {
        std::string case_key, rows;
    };
    std::string run;
    std::vector<std::string> rules, measures, thresholds, findings, escalations, rejected;
    std::vector<Timeline> timelines;
};

// Of either form of the document. Fails with "findings.read".
Result<Sections> read_sections(const Source& source);

}  // namespace caseaudit::reports
