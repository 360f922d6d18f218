// The first row of a CSV file, and what it tells of the rest: encoding, separator, columns.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "extract/encoding.h"

namespace caseaudit::extract {

struct Header {
    Encoding encoding =
        Encoding::utf8;  // UTF-16 if a byte order mark says so; else UTF-8 is yet to be proved
    char separator = ',';
    std::vector<std::string> cells;  // raw bytes of the file's encoding (UTF-16 already converted), unquoted
    std::uint64_t body = 0;          // offset in the file of the first byte after the header row
    std::uint64_t lines = 0;         // physical lines before that
};

enum class HeaderState : std::uint8_t { found, needs_more, absent };

// Reads the header from the beginning of a file; `whole` if that is all of it. Empty lines before it are
// passed over, and so is Excel's "sep=;". The separator is the one of comma, semicolon and tab that the
// header has most of. Fails with "extract.encoding" where the bytes cannot be text in a supported encoding,
// and with "extract.header" where a name is not quoted as it should be: what follows might be anybody's data.
Result<HeaderState> read_header(std::string_view file_start, bool whole, Header& header);

}  // namespace caseaudit::extract
