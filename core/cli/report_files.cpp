#include "cli/report_files.h"

#include <filesystem>

#include "cli/output_target.h"

namespace caseaudit::cli {
namespace {

void append(Diagnostics& to, const Diagnostics& more) {
    to.insert(to.end(), more.begin(), more.end());
}

Diagnostics write_file(const std::string& path, std::string_view bytes) {
    OutputTarget target;
    auto errors = target.open(path, false);
    if (errors.empty() && !target.write(bytes)) errors = target.trouble();
    if (errors.empty()) errors = target.commit();
    return errors;
}

Diagnostics make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error) return {};
    return {{"output.folder",
             "the report's folder cannot be made: " + error.message(),
             {path, 0, 0},
             {},
             "name a folder that you may write to",
             {}}};
}

Diagnostics write(const ReportRequest& request, const reports::Source& source) {
    if (request.renderer->folder && request.path == "-")
        return {{"report.folder",
                 "this report is several files and cannot go to standard output",
                 {},
                 std::string(request.renderer->format),
                 "name a folder for it",
                 {}}};
    const auto files = request.renderer->render(source);
    if (!files) return files.errors();
    if (!request.renderer->folder) return write_file(request.path, files->front().bytes);
    auto errors = make_folder(request.path);
    for (const auto& file : *files) {
        if (!errors.empty()) break;
        errors = write_file((std::filesystem::path(request.path) / file.name).string(), file.bytes);
    }
    return errors;
}

}  // namespace

Result<std::vector<ReportRequest>> read_report_requests(const std::vector<std::string>& requests) {
    std::vector<ReportRequest> read;
    Diagnostics errors;
    for (const auto& request : requests) {
        const auto equals = request.find('=');
        if (equals == std::string::npos || equals + 1 == request.size()) {
            errors.push_back({"command.report",
                              "--report takes FORMAT=PATH",
                              {},
                              request,
                              "for example --report junit=findings.xml",
                              {}});
            continue;
        }
        const auto renderer = reports::find_renderer(std::string_view(request).substr(0, equals));
        if (!renderer) {
            append(errors, renderer.errors());
            continue;
        }
        read.push_back({*renderer, request.substr(equals + 1)});
    }
    if (!errors.empty()) return errors;
    return read;
}

Diagnostics write_reports(const std::vector<ReportRequest>& requests, std::string_view json,
                          const std::string& name) {
    if (requests.empty()) return {};
    const auto document = findings::read_document(json, name);
    if (!document) return document.errors();
    const bool lines = json.starts_with("{\"type\":");
    const reports::Source source{*document, lines ? std::string_view() : json,
                                 lines ? json : std::string_view()};
    Diagnostics errors;
    for (const auto& request : requests) append(errors, write(request, source));
    return errors;
}

}  // namespace caseaudit::cli
