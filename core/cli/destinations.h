// Where a command may not write: over what it reads or keeps, nor twice to one place.
#pragma once
#include <string>
#include <vector>

#include "cli/report_files.h"
#include "cli/run_options.h"
#include "plugin/registry.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

// A file that a command reads, or one that it writes.
struct NamedFile {
    std::string by;    // what names it, for the error: "--key"
    std::string path;  // "" is none; "-", of what is written, standard output
    // Read: an extract's folder, of which each file that a reader knows belongs to it. Written: a report of
    // several files, whose names depend on what is in it.
    bool folder = false;
};

// An error for each file that is written and read, and for each place that would be written to twice. By what
// the paths lead to, not by how they are written.
Diagnostics refuse_overwriting(const std::vector<NamedFile>& read, const std::vector<NamedFile>& written);

// The same of a run, as its options say and as its packs and plugins were found. `rendered`: the last of the
// reports takes the place of the document.
Diagnostics refuse_overwriting(const RunOptions& options, const std::vector<ReportRequest>& reports,
                               bool rendered, const std::vector<std::string>& pack_files,
                               const plugin::Registry& plugins);

// What the options name, read or written, the history's own files too: in an extract's folder they are none
// of it.
std::vector<std::string> files_named(const RunOptions& options, const std::vector<ReportRequest>& reports);

}  // namespace caseaudit::cli
