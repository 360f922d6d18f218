#include "cli/destinations.h"

#include <filesystem>

#include "cli/surroundings.h"
#include "cli/trust_list.h"
#include "extract/reader.h"
#include "platform/file_identity.h"

namespace caseaudit::cli {
namespace {

namespace fs = std::filesystem;
using platform::FileIdentity;

struct Placed {
    const NamedFile& file;
    std::optional<FileIdentity> identity, folder;  // of the file, and of the folder that it is in
};

Placed placed(const NamedFile& file) {
    const fs::path folder = fs::path(file.path).parent_path();
    return {file, platform::identity_of(file.path),
            platform::identity_of(folder.empty() ? std::string(".") : folder.string())};
}

// Whether the file is in the folder, and of a kind that extracts and reports of several files consist of.
bool is_within(const Placed& file, const Placed& folder) {
    return folder.file.folder && file.folder && file.folder == folder.identity &&
           extract::format_of(file.file.path) != nullptr;
}

bool collide(const Placed& one, const Placed& other) {
    return (one.identity && one.identity == other.identity) || is_within(one, other) || is_within(other, one);
}

Diagnostic overwritten(const NamedFile& read, const NamedFile& written) {
    return {"command.overwrites",
            fmt::format("{} reads this, and it would be written over by {}", read.by, written.by),
            {written.path, 0, 0},
            {},
            read.folder ? "name another file, outside the extract's folder" : "name another file",
            {}};
}

Diagnostic written_twice(const NamedFile& one, const NamedFile& other) {
    const bool standard = one.path == "-";
    return {"command.overwrites",
            fmt::format("{} and {} would both be written to {}", one.by, other.by,
                        standard ? "standard output" : "this"),
            {standard ? "" : other.path, 0, 0},
            {},
            "give each a file of its own",
            {}};
}

bool is_there(const Placed& file) {
    return file.identity && file.identity->path.empty();
}

// What SQLite keeps beside a history while it is written to.
void add_history(std::vector<NamedFile>& written, const std::string& path) {
    if (path.empty()) return;
    for (const char* end : {"", "-journal", "-wal", "-shm"}) written.push_back({"--history", path + end});
}

std::vector<NamedFile> read_by(const RunOptions& options, const std::vector<std::string>& pack_files,
                               const plugin::Registry& plugins) {
    std::vector<NamedFile> read{{"--input", options.input, true},
                                {"--prior", options.prior, true},
                                {"--key", options.key_file},
                                {"--baseline", options.life.baseline},
                                {"--waivers", options.life.waivers},
                                {"the list of trusted plugins", TrustList::path_in(configuration_folder())}};
    for (const auto& reference : options.references)
        read.push_back({"--reference", reference.substr(reference.find('=') + 1), true});
    for (const auto& file : pack_files) read.push_back({"--pack", file});
    for (const auto& plugin : plugins.plugins())
        read.push_back({"the plugin " + plugin.name, plugin.file.empty() ? plugin.origin : plugin.file});
    return read;
}

std::vector<NamedFile> written_by(const RunOptions& options, const std::vector<ReportRequest>& reports,
                                  bool rendered) {
    std::vector<NamedFile> written;
    for (const auto& report : reports) {
        const bool document = rendered && &report == &reports.back();
        written.push_back({document ? "--output" : fmt::format("--report {}", report.renderer->format),
                           report.path, report.renderer->folder});
    }
    if (!rendered) written.push_back({"--output", options.output});
    written.push_back({"--timings", options.timings});
    add_history(written, options.life.history);
    return written;
}

}  // namespace

Diagnostics refuse_overwriting(const std::vector<NamedFile>& read, const std::vector<NamedFile>& written) {
    Diagnostics errors;
    std::vector<Placed> destinations, sources;
    const NamedFile* standard = nullptr;
    bool any_there = false;
    for (const auto& file : written) {
        if (file.path.empty()) continue;
        if (file.path == "-") {
            if (standard != nullptr) errors.push_back(written_twice(*standard, file));
            standard = &file;
            continue;
        }
        destinations.push_back(placed(file));
        any_there |= is_there(destinations.back());
    }
    // What is read exists: where no destination does, there is nothing to compare.
    for (const auto& file : read)
        if (any_there && !file.path.empty()) sources.push_back(placed(file));
    for (auto to = destinations.begin(); to != destinations.end(); ++to) {
        for (const auto& from : sources)
            if (is_there(*to) && collide(*to, from)) errors.push_back(overwritten(from.file, to->file));
        for (auto before = destinations.begin(); before != to; ++before)
            if (collide(*before, *to)) errors.push_back(written_twice(before->file, to->file));
    }
    return errors;
}

Diagnostics refuse_overwriting(const RunOptions& options, const std::vector<ReportRequest>& reports,
                               bool rendered, const std::vector<std::string>& pack_files,
                               const plugin::Registry& plugins) {
    return refuse_overwriting(read_by(options, pack_files, plugins), written_by(options, reports, rendered));
}

std::vector<std::string> files_named(const RunOptions& options, const std::vector<ReportRequest>& reports) {
    std::vector<std::string> files = options.plugins.paths;
    for (const auto& file : read_by(options, {}, {})) files.push_back(file.path);
    for (const auto& file : written_by(options, reports, false)) files.push_back(file.path);
    return files;
}

}  // namespace caseaudit::cli
