#include "cli/run_request.h"

#include "cli/surroundings.h"
#include "findings/key_file.h"

namespace caseaudit::cli {
namespace {

// The value where there is one; else its errors join the others.
template <class T>
void take(Result<T> read, T& into, Diagnostics& errors) {
    if (read)
        into = *std::move(read);
    else
        errors.insert(errors.end(), read.errors().begin(), read.errors().end());
}

// The document as JSON or NDJSON, or, with the format of a report, that report in its place.
void read_formats(const RunOptions& options, RunRequest& request, Diagnostics& errors) {
    auto reports = options.reports;
    request.rendered = options.format != "json" && options.format != "ndjson";
    if (request.rendered) reports.push_back(options.format + "=" + options.output);
    if (options.format == "ndjson") request.form = findings::Form::ndjson;
    take(read_report_requests(reports), request.reports, errors);
}

void read_severity(const std::string& severity, RunRequest& request, Diagnostics& errors) {
    if (severity == "never") return;
    request.fail_on = rulepack::parse_severity(severity);
    if (!request.fail_on)
        errors.push_back({"command.severity",
                          "--fail-on takes a severity or never",
                          {},
                          severity,
                          "critical, high, medium, low, info or never",
                          {}});
}

void read_day(const std::string& text, RunRequest& request, Diagnostics& errors) {
    if (text.empty()) return;
    calendar::Day day = 0;
    if (calendar::parse_iso(text, day))
        request.as_at = day;
    else
        errors.push_back({"command.date",
                          "--as-at takes a day as YYYY-MM-DD",
                          {},
                          text,
                          "for example --as-at 2026-03-31",
                          {}});
}

void read_fingerprint(const std::string& key_file, RunRequest& request, Diagnostics& errors) {
    if (key_file.empty()) return;
    std::string key;
    take(findings::read_key(key_file), key, errors);
    if (!key.empty()) request.fingerprint = findings::Fingerprint(std::move(key));
}

}  // namespace

Result<RunRequest> read_request(const RunOptions& options) {
    RunRequest request;
    Diagnostics errors;
    read_formats(options, request, errors);
    read_severity(options.fail_on, request, errors);
    read_day(options.as_at, request, errors);
    read_fingerprint(options.key_file, request, errors);
    take(read_pairs(options.settings, "--set"), request.settings, errors);
    take(read_pairs(options.references, "--reference"), request.references, errors);
    if (!errors.empty()) return errors;
    return request;
}

}  // namespace caseaudit::cli
