// Text encodings that extracts come in, and their conversion to UTF-8.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::extract {

enum class Encoding : std::uint8_t { utf8, windows_1252, utf16_little, utf16_big };

const char* encoding_name(Encoding encoding);

// The length of the well-formed UTF-8 sequence (Unicode table 3-7) that `text` begins with, 0 if there is
// none. Needs three readable bytes after the first.
std::size_t utf8_sequence(const unsigned char* text);

bool valid_utf8(std::string_view text);

// How many bytes at the end of the text, 3 at most, begin a UTF-8 sequence that does not end; else 0.
std::size_t cut_sequence(std::string_view text);

bool all_ascii(std::string_view text);

// Bytes of UTF-8 that converting `bytes` bytes yields at most.
std::size_t utf8_bound(Encoding encoding, std::size_t bytes);

// Converts `bytes`, which hold whole code units, and writes UTF-8 to `out`; returns the bytes written.
// Total: bytes that Windows-1252 leaves undefined become the C1 control of that number (as browsers do), half
// a UTF-16 pair becomes U+FFFD. A pair cut off at the end of `bytes` is left: `used` tells how much was taken
// (pass last = true at the end of the text to take everything: what is cut off there is cut off in UTF-8 too,
// see cut_sequence).
std::size_t to_utf8(Encoding encoding, std::string_view bytes, char* out, std::size_t& used, bool last);

std::string to_utf8(Encoding encoding, std::string_view bytes);

}  // namespace caseaudit::extract
