// Reports on their way out: what was asked for, and the files they become.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "reports/renderer.h"

namespace caseaudit::cli {

struct ReportRequest {
    const reports::Renderer* renderer = nullptr;
    std::string path;  // "-" is standard output
};

// Of FORMAT=PATH each. All errors in one go.
Result<std::vector<ReportRequest>> read_report_requests(const std::vector<std::string>& requests);

// Renders `json` (a findings document, JSON or NDJSON, called `name` in errors) as each request says and
// writes the files: each appears under its name when it is whole. A report of several files makes its
// folder. Goes on after one that failed, and returns what went wrong with any.
Diagnostics write_reports(const std::vector<ReportRequest>& requests, std::string_view json,
                          const std::string& name);

}  // namespace caseaudit::cli
