// From cells to rows: which are accepted, which rejected and why.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "extract/field_index.h"
#include "extract/reader.h"

namespace caseaudit::extract {

// What rows of a file, or of a chunk of it, look like.
struct RowFormat {
    char separator = ',';
    std::uint32_t columns = 0;                           // that the header names
    std::uint32_t unnamed = 0;                           // blank cells that the header has after them
    bool strict = false;                                 // quotes may stand where RFC 4180 allows none
    bool returns = false;                                // there may be carriage returns
    bool nul = false;                                    // there may be NUL bytes
    bool cut = false;                                    // the last row may end within a UTF-8 sequence
    const std::vector<std::string>* headings = nullptr;  // of the columns; null: they are not looked for
};

// What became of the rows of one chunk. Rows and lines count from the chunk's beginning: the first row is 1,
// the first line 1.
struct Tally {
    std::uint64_t accepted = 0;
    std::uint64_t rows = 0;
    std::uint64_t lines = 0;  // line breaks passed
    std::uint64_t blank = 0;  // of the rows: those of nothing but blank cells, which are no records
    std::vector<Rejected> rejected;
    std::vector<LineMap::Step> steps;
    std::string failure;  // why the chunk could not be read to its end; "" if it was

    // `count` accepted rows in succession, each of so many lines; more than one only if count is 1.
    void accept(std::uint64_t count, std::uint64_t lines_each = 1);
    // A row of nothing but blank cells, of so many lines.
    void pass_over_blank(std::uint64_t lines_taken);
    // A row that cannot be read; a reason that does not fit one line says so.
    void reject(std::string reason, std::uint32_t column, std::uint64_t lines_taken);
};

// "4 MB" or "1 kB", for reasons; in units of 1024.
std::string size_text(std::size_t bytes);

// Line breaks in the text: LF, CR LF and lone CR count one each.
std::uint64_t line_breaks(const char* text, std::size_t length);

// Turns the complete rows of `text`, whose cells `bounds` tells, into accepted and rejected ones: the
// accepted ones' cells are left in `bounds`, `block` points there. Quoted cells are unescaped within `text`.
// Returns the length of those rows in bytes. Reads up to scan_margin bytes after the text.
std::size_t build_block(const RowFormat& format, const FieldIndex& index, char* text,
                        const CellBounds& bounds, Tally& tally, Block& block);

}  // namespace caseaudit::extract
