// How the image is laid out. Everything is reached from the header by offsets from the image's first byte, so
// that the image may lie at any address. Arrays are aligned to 64 bytes. Little endian.
#pragma once
#include <cstdint>

namespace caseaudit::casebook::image {

inline constexpr std::uint64_t magic = 0x3430304B4F4F4243;  // "CBOOK004"
inline constexpr std::uint64_t alignment = 64;

struct Array {
    std::uint64_t offset = 0;
    std::uint64_t count = 0;  // elements
};

struct Header {
    std::uint64_t magic = 0;
    std::uint64_t size = 0;  // of the whole image, in bytes
    std::uint32_t cases = 0;
    std::uint32_t known_cases = 0;  // the cases after them stand for a row without a known key each
    std::uint32_t texts = 0;
    Array text_offsets;  // uint32, texts + 1: into text_bytes
    Array text_bytes;
    Array case_texts;        // uint32, by case: text id of the key
    Array unknown_places;    // uint32, by unknown case: text id that it is ordered by, see Casebook::place
    Array unknown_contents;  // uint64, of the same: see Casebook::contents
    Array tables;            // Table; the current extract's by dataset table, then the prior one's
};

struct Column {
    std::uint8_t storage = 0;  // Storage
    std::uint8_t is_case_key = 0;
    Array values;
    Array validity;       // bytes; count 0: all present
    Array invalid_rows;   // uint32
    Array invalid_texts;  // uint32, text id of each invalid cell's text
    Array dictionary;     // uint32
};

// Rows [first, next part's first) of the table, in source order, come from this file.
struct Part {
    Array file;  // bytes of its name
    std::uint64_t first = 0;
    Array steps;  // LineMap::Step
};

struct Table {
    std::uint32_t present = 0;
    std::uint32_t rows = 0;
    Array case_starts;     // uint32: see CaseStarts
    Array case_rows;       // uint8, by case; count 0: case_starts has all offsets
    Array columns;         // Column, by dataset field
    Array positions;       // uint32: position of each row in source order; count 0: as it stands
    Array parts;           // Part
    Array made_starts[2];  // uint32, rows + 1: derived tables, by source extract (current, prior)
    Array made_rows[2];    // uint32: rows of the source table
};

}  // namespace caseaudit::casebook::image
