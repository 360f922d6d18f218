// From an extract's files to a casebook.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "casebook/casebook.h"
#include "casebook/fields_used.h"
#include "dataset/dataset.h"
#include "extract/reader.h"

namespace caseaudit::casebook {

struct Phases;  // see phases.h

struct Input {
    std::string table;  // dataset name of the table
    Which which = Which::current;
    std::string file, sha256, encoding;
    std::uint64_t rows = 0, rejected = 0;  // rows read, accepted and rejected together; and the rejected
    std::vector<std::string> unknown_columns, absent_columns;
    std::string path;  // of the file; those of one that has several tables share it
};

struct LoadedExtract {
    Casebook casebook;
    std::vector<Input> inputs;                // by extract, then file name
    std::vector<extract::Rejected> rejected;  // by extract (current first), then file, then line
    Diagnostics notes;                        // what was detected and a user should know
    std::size_t rejected_of_current =
        0;  // how many of `rejected`, from the first, are of the current extract
};

struct LoadRequest {
    std::string input;                             // a folder or a file
    std::string prior;                             // "" when there is none
    std::map<std::string, std::string> reference;  // table name -> file
    // Files that the run uses otherwise, or writes: where they lie in the extract's folder nobody misses
    // them.
    std::vector<std::string> elsewhere = {};
};

// Files of an extract that are opened before it is known what the dataset is.
class EarlyFiles {
  public:
    // Opens what a table of its own is in, in parallel in the calling thread's oneTBB arena. What cannot be
    // opened is left to ExtractFiles, which says why.
    static EarlyFiles open(const LoadRequest& request);

  private:
    friend class ExtractFiles;
    std::map<std::string, std::unique_ptr<extract::Source>> sources_;  // by path
};

// The files of an extract, opened: it is known which tables they are and what columns they have. Opening and
// reading are apart because what is worth reading may not be known before.
class ExtractFiles {
  public:
    // In parallel in the calling thread's oneTBB arena. Dataset and request outlive the files. Fails only
    // when nothing can be audited (no such folder, no file recognised).
    static Result<ExtractFiles> open(const dataset::Dataset& dataset, const LoadRequest& request,
                                     EarlyFiles early = {});
    // Reads a small extract, with all of its fields: it takes less time than to wait for what is used. Tells
    // whether it is one.
    bool read_if_small();
    // Reads what is not read yet, in parallel likewise: every record is read and counted, of the fields those
    // that are used are kept. What cannot be read is in `rejected` and `notes`. `phases`, if given, gets
    // where the time went.
    Result<LoadedExtract> load(const FieldsUsed& used, Phases* phases = nullptr) &&;

    ExtractFiles(ExtractFiles&&) noexcept;
    ~ExtractFiles();

  private:
    class Loader;
    explicit ExtractFiles(std::unique_ptr<Loader> loader);
    std::unique_ptr<Loader> loader_;
};

// Opens and reads, and keeps every field.
Result<LoadedExtract> load_extract(const dataset::Dataset& dataset, const LoadRequest& request,
                                   Phases* phases = nullptr);

// The same from rows in memory (rule examples, unit tests). Cells as a file would hold them.
struct MemoryTable {
    int table = -1;
    Which which = Which::current;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
LoadedExtract load_memory(const dataset::Dataset& dataset, const std::vector<MemoryTable>& tables);

}  // namespace caseaudit::casebook
