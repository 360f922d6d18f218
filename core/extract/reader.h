// From files to raw cells. A reader (one file per format, found by name in a registry) opens a file,
// tells its columns, and hands its rows over in blocks, chunk by chunk and in parallel.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "platform/shared_text.h"

namespace caseaudit::extract {

class Bundle;
class FileSurveyor;
struct OpenBundle;
struct Workspace;

// Rows split into cells. Cell (row, column) is the bytes [text + starts[i], text + ends[i]) with
// i = row * columns + column: unquoted, unescaped, UTF-8, not trimmed. At least 32 bytes after every cell
// are readable. Valid only during the call that hands it over.
struct Block {
    const char* text = nullptr;
    const std::uint32_t* starts = nullptr;
    const std::uint32_t* ends = nullptr;
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    std::string_view cell(std::uint32_t row, std::uint32_t column) const {
        const std::size_t i = std::size_t{row} * columns + column;
        return {text + starts[i], ends[i] - starts[i]};
    }
};

// Takes the rows of one file. `chunks` is called once, before any block, with at least 1; a chunk may
// have no block. Blocks of one chunk come in order, one at a time; different chunks come concurrently. The
// rows of chunk k precede those of k + 1.
class BlockConsumer {
  public:
    virtual ~BlockConsumer() = default;
    virtual void chunks(std::size_t count) = 0;
    virtual void consume(std::size_t chunk, const Block& block) = 0;
};

// A row (or a whole file) that could not be read, and why. Never quotes the row.
struct Rejected {
    platform::SharedText file = {};
    std::uint64_t line = 0;  // physical line in the file, from 1; 0 = the file as a whole
    std::uint64_t row = 0;   // data row, from 1; 0 = none
    // Where the trouble is, from 1: the number of the cell, in XML the place in the line in characters. 0 =
    // the file as a whole.
    std::uint32_t column = 0;
    platform::SharedText reason = {};
};

// Where the n-th accepted row (from 0) stands in its file. Sparse: most files need one entry.
class LineMap {
  public:
    struct Step {
        std::uint64_t accepted, row, line;
    };                                                 // holds from this accepted row on
    std::vector<Step> steps;                           // ascending, first has accepted = 0
    std::uint64_t row(std::uint64_t accepted) const;   // data row in the file, from 1
    std::uint64_t line(std::uint64_t accepted) const;  // physical line, from 1
    void add(const Step& step);                        // ascending; one that tells nothing new is left out
};

struct ReadReport {
    std::uint64_t accepted = 0;
    std::vector<Rejected> rejected;  // by line
    LineMap lines;
    std::string sha256;       // of the file's bytes, hexadecimal
    std::uint64_t blank = 0;  // rows of nothing but blank cells: no records, passed over
};

// A piece of the work of reading a file.
struct ReadTask {
    double place = 0;  // where in the file it begins: 0 at its start, towards 1 at its end
    // In a workspace (see window.h) that no other task uses at the time.
    std::function<void(Workspace&)> run;
};

// An opened file whose columns are known. Not shared between threads, save that its tasks may run at once.
class Source {
  public:
    virtual ~Source() = default;
    std::string file;                  // relative to the extract's folder, '/' between parts
    std::vector<std::string> columns;  // as named in the file, trimmed; may be empty or repeated
    std::string encoding;              // "UTF-8", "windows-1252" or "UTF-16"
    char separator = ',';
    std::uint64_t bytes = 0;
    Diagnostics notes;  // what was detected and a user should know (encoding, dialect)
    // What is left of opening a large file, see survey_sources(): to survey it, then to tell what came of
    // that. Null: nothing is left.
    virtual FileSurveyor* surveyor() { return nullptr; }
    virtual Diagnostics surveyed() { return {}; }
    // To be asked once. Each task is to be run once, in any order; then finish() tells what became of the
    // rows. `consumer` outlives the tasks.
    virtual std::vector<ReadTask> tasks(BlockConsumer& consumer) = 0;
    virtual ReadReport finish() = 0;
    // All of that, in parallel in the calling thread's oneTBB arena.
    ReadReport read(BlockConsumer& consumer);
};

using OpenedSource = Result<std::unique_ptr<Source>>;
struct SourceFile {
    std::string path, shown_name;
};
// Opens files with the readers whose formats they have, in parallel in the calling thread's oneTBB arena: all
// of an extract at once takes less time than one by one. The error says what is wrong with the file.
std::vector<OpenedSource> open_sources(const std::vector<SourceFile>& files);
OpenedSource open_source(const std::string& path, const std::string& shown_name);
// Surveys those that have yet to be.
void survey_sources(std::vector<OpenedSource>& sources);

// The formats a build knows, for listing; a reader registers itself in its own file's table entry.
struct Format {
    std::string name;                     // "csv"
    std::vector<std::string> extensions;  // ".csv"
    // One of the two: for files of one table, which may have to be surveyed yet, or of several (see
    // bundle.h).
    Result<std::unique_ptr<Source>> (*open)(const std::string& path, const std::string& shown_name) = nullptr;
    Result<std::unique_ptr<Bundle>> (*open_bundle)(const OpenBundle& request) = nullptr;
};
const std::vector<Format>& formats();
// The file's name without its folder, bytes that are not UTF-8 as \xff: as findings and reports name the
// file.
std::string shown_name(const std::string& path);
// ".csv, .tsv, …", for hints.
std::string known_extensions();
// By the end of the file's name; null when no format has it.
const Format* format_of(const std::string& path);

}  // namespace caseaudit::extract
