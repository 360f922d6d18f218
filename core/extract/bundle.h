// Files that hold several tables: a return as one XML file, a workbook. They are read in one pass.
#pragma once
#include "extract/first_rows.h"
#include "extract/reader.h"
#include "extract/record_layout.h"

namespace caseaudit::extract {

// One of the tables.
struct BundlePart {
    std::string name;  // of the layout's table, or of the sheet
    std::string file;  // as shown to the user: the file's name, of a sheet with the sheet's or, where
                       // that may be a value, with its number
    std::vector<std::string> columns;  // trimmed; may be empty or repeated
    std::vector<FirstRow> first_rows;  // of a sheet, those below its headings
};

struct BundleReport {
    std::vector<ReadReport> parts;        // by part; their sha256 is the file's
    std::vector<std::vector<bool>> seen;  // by part and column: some record has it, blank or not
    std::vector<Rejected> rejected;       // what belongs to no part, by line
    Diagnostics notes;                    // what was passed over
};

// An opened file whose parts are known. Not shared between threads; read() is called once.
class Bundle {
  public:
    virtual ~Bundle() = default;
    std::string file;
    std::string format;  // as in the list of formats
    std::string encoding;
    std::uint64_t bytes = 0;
    bool whole = false;  // the file is all of an extract: a part without records is an empty table
    std::vector<BundlePart> parts;
    Diagnostics notes;
    // consumers[i] takes the rows of parts[i]; where it is null they are counted only.
    virtual BundleReport read(const std::vector<BlockConsumer*>& consumers) = 0;
};

// What reading a file of some format needs.
struct OpenBundle {
    std::string path, shown_name;
    const RecordLayout* layout = nullptr;  // null: the dataset has none
};

// Whether files of this name hold several tables.
bool is_bundle(const std::string& path);

// Opens one such file. The error says what is wrong with it.
Result<std::unique_ptr<Bundle>> open_bundle(const OpenBundle& request);

}  // namespace caseaudit::extract
