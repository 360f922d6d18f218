// A postcode as a 31-bit number: two spellings of one postcode ("ab1 2cd", "AB12CD") are one number.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::casebook {

// Area of one or two letters, district 9, 99 or 9A, then 9AA; GIR 0AA too. Spaces are ignored, case folded.
// Returns -1 for anything else. Source: the form of UK postcodes, BS 7666-2.
std::int32_t pack_postcode(std::string_view text);
std::string unpack_postcode(std::int32_t packed);  // "AB1 2CD"

}  // namespace caseaudit::casebook
