// The reader of comma-separated files (RFC 4180, and what is met in its place): comma, semicolon or tab;
// UTF-8, Windows-1252, UTF-16; LF, CR LF or CR.
//
// A file is surveyed once (encoding, how quotes pair up, its hash; see file_survey.h), cut into chunks at
// ends of rows, and these are read in parallel, window by window. Quotes normally pair by parity, 64 bytes at
// a time. Where one stands that RFC 4180 does not allow (5" nail), the whole file is read by a state machine
// instead, in which only a quote at the start of a cell opens.
#pragma once
#include "extract/reader.h"
#include "platform/files.h"

namespace caseaudit::extract {

// Sizes in bytes. Results do not depend on them, save that a row longer than `row_limit` is rejected.
struct CsvOptions {
    std::size_t chunk = std::size_t{2} << 20;     // most for one task; smaller files are held in memory
    std::size_t parts = 2;                        // chunks come in so many, for ReadTask::place to be of use
    std::size_t window = std::size_t{128} << 10;  // scanned at a time; at least 16
    std::size_t row_limit = std::size_t{4} << 20;
    bool strict = false;  // use the state machine in any case
    const platform::FileSystem* files = &platform::system_files();
};

OpenedSource open_csv(const std::string& path, const std::string& shown_name, const CsvOptions& options);
// As far as the header; of a file that is held, all of it. The rest is for survey_sources().
OpenedSource begin_csv(const std::string& path, const std::string& shown_name, const CsvOptions& options);

// The entry for formats().
Format csv_format();

}  // namespace caseaudit::extract
