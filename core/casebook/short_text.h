// Texts of up to eight bytes as one number: most codes and keys are, and compare in one instruction.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace caseaudit::casebook {

inline std::uint64_t load_eight(const char* text) {
    std::uint64_t word;
    std::memcpy(&word, text, 8);
    return word;
}

// Whether a byte of the word is at most a space (0x20): white space, control characters, NUL.
inline bool any_at_most_space(std::uint64_t word) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    return ((word - ones * 0x21) & ~word & (ones * 0x80)) != 0;
}

// Whether a byte of the word is 0.
inline bool any_zero(std::uint64_t word) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    return ((word - ones) & ~word & (ones * 0x80)) != 0;
}

// The low `size` bytes of the word; size 1 to 8.
inline std::uint64_t low_bytes(std::uint64_t word, std::size_t size) {
    return word << (64 - size * 8) >> (64 - size * 8);
}
inline std::uint64_t bytes_above(std::size_t size) {
    return size >= 8 ? 0 : ~std::uint64_t{0} << (size * 8);
}

inline constexpr std::uint64_t hash_multiplier = 0x9E3779B97F4A7C15;
// Every bit of the hash depends on every byte of the word: the high half of the product on all below, the low
// half on all above. Texts that tell apart by their last character alone are common, as keys count.
inline std::uint64_t hash_word(std::uint64_t word) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(word) * hash_multiplier;
    return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
}
std::uint64_t hash_text(std::string_view text);

inline bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
// Bytes of the character beyond ASCII that the text begins with, if it is white space or has no width: the
// no-break spaces of spreadsheets and web pages, byte order marks, marks of direction; else 0.
std::size_t wide_space(std::string_view text);
std::string_view trim_wide(std::string_view text);
// Without white space at the ends, of ASCII and of Unicode.
inline std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    if (text.empty() || ((text.front() | text.back()) & 0x80) == 0) return text;
    return trim_wide(text);
}

// A text as a hash table looks it up. A text is short when it has 1 to 8 bytes and no NUL among them; its
// word then is the text. Otherwise its word is a hash.
struct TextKey {
    std::uint64_t word;
    const char* data;
    std::uint32_t size;
    bool is_short;
    std::string_view text() const { return {data, size}; }
};
TextKey text_key(std::string_view text);
// The same of a text that is known to be short, and whose word is at hand.
inline TextKey short_key(std::uint64_t word, std::string_view text) {
    return {word, text.data(), static_cast<std::uint32_t>(text.size()), true};
}

// The first eight bytes as a number that orders as the bytes do; shorter texts are padded with zero.
inline std::uint64_t order_prefix(std::uint64_t short_word) {
    return __builtin_bswap64(short_word);
}

// Room for a short text made of its prefix; zeros follow it.
struct ShortBytes {
    std::array<char, 8> word;
    std::string_view text(std::uint64_t prefix) {
        const std::uint64_t short_word = __builtin_bswap64(prefix);
        std::memcpy(word.data(), &short_word, 8);
        return {word.data(), static_cast<std::size_t>(8 - __builtin_clzll(short_word) / 8)};
    }
};

}  // namespace caseaudit::casebook
