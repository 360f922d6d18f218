// A renderer turns a findings document into what somebody reads: a web page, a worklist, a log of a job.
// It sees the document and nothing else: no extract, no clock, no environment. Values in a document may be
// anything that stood in a file, so each renderer escapes them for its form.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "findings/read.h"

namespace caseaudit::reports {

// A rendered file. `name` is "" when a renderer makes just one, which goes where the user says; otherwise
// it is the file's name in the folder that the user names.
struct File {
    std::string name, bytes;
};
using Files = std::vector<File>;

struct Source {
    const findings::Document& document;
    std::string_view json;         // the same as it was read; "" when it was NDJSON
    std::string_view ndjson = {};  // "" when it was JSON
};

// Functions without state: they may be called from several threads.
struct Renderer {
    std::string_view format;  // as in --format: lower case
    std::string_view what;    // one line for `caseaudit list reports`
    bool folder = false;      // makes several files, into a folder
    Result<Files> (*render)(const Source& source);
    bool timelines = false;        // shows the timelines of cases: a run that makes it writes them
    std::string_view absent = {};  // says that this program was built without it; "" when it has it
    std::string_view remedy = {};  // what to do about that
};

// All that were built in, by name. Names are unique.
std::span<const Renderer* const> renderers();

// The renderer of this format; fails with "report.format" and the nearest name, or with "report.absent".
Result<const Renderer*> find_renderer(std::string_view format);

// "2 of 10 fail, 1 undecided": the findings of a rule that count; those that do not are told after them.
std::string failures(const RuleOutcome& rule);

// From critical (0) to info (4); 5 for what is none of them.
int rank(std::string_view severity);

}  // namespace caseaudit::reports
