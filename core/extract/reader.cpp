#include "extract/reader.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "diagnostic/file_error.h"
#include "diagnostic/printable.h"
#include "extract/bundle.h"
#include "extract/csv.h"
#include "extract/file_survey.h"
#include "extract/window.h"
#include "extract/xlsx.h"
#include "extract/xml_records.h"

namespace caseaudit::extract {
namespace {

const LineMap::Step& step_of(const std::vector<LineMap::Step>& steps, std::uint64_t accepted) {
    const auto after =
        std::upper_bound(steps.begin(), steps.end(), accepted,
                         [](std::uint64_t n, const LineMap::Step& step) { return n < step.accepted; });
    return *(after - 1);
}

std::string lower_extension(const std::string& path) {
    const std::size_t name = path.find_last_of('/');
    const std::size_t dot = path.find_last_of('.');
    if (dot == std::string::npos || (name != std::string::npos && dot < name)) return {};
    std::string extension = path.substr(dot);
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return extension;
}

OpenedSource begin(const SourceFile& file) {
    const Format* format = format_of(file.path);
    if (format == nullptr)
        return file_error("extract.format", "no reader for files of this kind", file.shown_name,
                          "files that can be read end in " + known_extensions());
    if (format->open == nullptr)
        return file_error("extract.format", "files of this kind hold several tables", file.shown_name, {});
    return format->open(file.path, file.shown_name);
}

}  // namespace

std::string shown_name(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    return is_utf8(name) ? name : printable(name);
}

std::string known_extensions() {
    std::string list;
    for (const Format& format : formats())
        for (const std::string& extension : format.extensions) list += (list.empty() ? "" : ", ") + extension;
    return list;
}

const Format* format_of(const std::string& path) {
    const std::string extension = lower_extension(path);
    for (const Format& format : formats())
        if (std::find(format.extensions.begin(), format.extensions.end(), extension) !=
            format.extensions.end())
            return &format;
    return nullptr;
}

std::uint64_t LineMap::row(std::uint64_t accepted) const {
    const Step& step = step_of(steps, accepted);
    return step.row + (accepted - step.accepted);
}

std::uint64_t LineMap::line(std::uint64_t accepted) const {
    const Step& step = step_of(steps, accepted);
    return step.line + (accepted - step.accepted);
}

void LineMap::add(const Step& step) {
    const bool follows = !steps.empty() &&
                         step.row - step.accepted == steps.back().row - steps.back().accepted &&
                         step.line - step.accepted == steps.back().line - steps.back().accepted;
    if (!follows) steps.push_back(step);
}

const std::vector<Format>& formats() {
    static const std::vector<Format> known = {csv_format(), xlsx_format(), xml_format()};
    return known;
}

ReadReport Source::read(BlockConsumer& consumer) {
    const auto all = tasks(consumer);
    tbb::enumerable_thread_specific<Workspace> workspaces;
    tbb::parallel_for(std::size_t{0}, all.size(), [&](std::size_t i) { all[i].run(workspaces.local()); });
    return finish();
}

std::vector<OpenedSource> open_sources(const std::vector<SourceFile>& files) {
    std::vector<OpenedSource> sources;
    for (std::size_t i = 0; i < files.size(); ++i) sources.emplace_back(Diagnostics());
    tbb::parallel_for(std::size_t{0}, files.size(), [&](std::size_t i) { sources[i] = begin(files[i]); });
    survey_sources(sources);
    return sources;
}

OpenedSource open_source(const std::string& path, const std::string& shown_name) {
    return std::move(open_sources({{path, shown_name}}).front());
}

void survey_sources(std::vector<OpenedSource>& sources) {
    std::vector<FileSurveyor*> surveyors;
    for (OpenedSource& source : sources)
        if (source && (*source)->surveyor() != nullptr) surveyors.push_back((*source)->surveyor());
    survey(surveyors);
    for (OpenedSource& source : sources) {
        if (!source || (*source)->surveyor() == nullptr) continue;
        Diagnostics errors = (*source)->surveyed();
        for (Diagnostic& error : errors) error.place.file = (*source)->file;
        if (!errors.empty()) source = std::move(errors);
    }
}

bool is_bundle(const std::string& path) {
    const Format* format = format_of(path);
    return format != nullptr && format->open_bundle != nullptr;
}

Result<std::unique_ptr<Bundle>> open_bundle(const OpenBundle& request) {
    return format_of(request.path)->open_bundle(request);
}

}  // namespace caseaudit::extract
