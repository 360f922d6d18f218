// From the text of a number or a yes/no to its value. The texts are trimmed and not empty.
#pragma once
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace caseaudit::casebook {

// Optional sign, digits, nothing else; what 64 bits cannot hold is not an integer.
std::optional<std::int64_t> read_integer(std::string_view text);
// Optional sign, digits with at most one point among or beside them; no exponent.
std::optional<double> read_decimal(std::string_view text);
// Y/N, Yes/No, 1/0, true/false, case ignored.
std::optional<bool> read_boolean(std::string_view text);

// One to eight digits and nothing else; eight bytes are readable at `text`.
inline bool read_digits(const char* text, std::size_t size, std::int64_t& out) {
    if (size - 1 > 7) return false;
    std::uint64_t word;
    std::memcpy(&word, text, 8);
    constexpr std::uint64_t zeros = 0x3030303030303030;
    // The number moves to the high bytes; zeros fill up below, which are its leading digits.
    word = size == 8 ? word : word << (64 - size * 8) | (zeros >> (size * 8));
    word ^= zeros;
    if (((word + 0x7676767676767676) | word) & 0x8080808080808080) return false;
    word = word * 10 + (word >> 8);
    word = ((word & 0x00FF00FF00FF00FF) * 100 + ((word >> 16) & 0x00FF00FF00FF00FF)) & 0x0000FFFF0000FFFF;
    out = static_cast<std::int64_t>((word & 0xFFFF) * 10000 + (word >> 32));
    return true;
}

}  // namespace caseaudit::casebook
