// What the options of the command "run" mean.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/civil.h"
#include "cli/report_files.h"
#include "cli/run_options.h"
#include "findings/document.h"
#include "findings/fingerprint.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

struct RunRequest {
    findings::Form form = findings::Form::json;
    bool rendered = false;  // the last of the reports takes the place of the document
    std::vector<ReportRequest> reports;
    std::optional<rulepack::Severity> fail_on;      // none: no finding fails the run
    std::optional<calendar::Day> as_at;             // none: not given
    findings::Fingerprint fingerprint;              // of the key in --key, else of the built-in one
    std::map<std::string, std::string> settings;    // values by name of the parameter
    std::map<std::string, std::string> references;  // paths by name of the table
};

// Reads the key's file, and nothing else. All errors in one go.
Result<RunRequest> read_request(const RunOptions& options);

}  // namespace caseaudit::cli
