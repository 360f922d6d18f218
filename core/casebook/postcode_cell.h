// The postcode kernel: one cell at a time, without branches on what it holds.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace caseaudit::casebook {

// Mixed radix, most significant first: first letter 26, second letter or none 27, district digit 10,
// district's second character (none, digit, letter) 37, sector 10, unit 26 x 26. All less than this:
inline constexpr std::int32_t girobank_postcode = 26 * 27 * 10 * 37 * 10 * 26 * 26;

// What a character may stand for in a postcode; 64 marks that it may not.
struct PostcodeCharacter {
    std::uint8_t letter = 64, digit = 64, tail = 64;
};
inline constexpr auto postcode_characters = [] {
    std::array<PostcodeCharacter, 256> table{};
    table[0].tail = 0;
    for (std::uint8_t i = 0; i < 10; ++i) {
        table['0' + i].digit = i;
        table['0' + i].tail = static_cast<std::uint8_t>(i + 1);
    }
    for (std::uint8_t i = 0; i < 26; ++i) {
        for (const int letter : {'A', 'a'}) {
            table[static_cast<std::size_t>(letter + i)].letter = i;
            table[static_cast<std::size_t>(letter + i)].tail = static_cast<std::uint8_t>(i + 11);
        }
    }
    return table;
}();

// `outward` holds 2 to 4 characters, lowest byte first, zero above; `inward` three. -1: not a postcode.
inline std::int32_t pack_postcode_parts(std::uint32_t outward, std::uint32_t inward) {
    const auto at = [](std::uint32_t text, unsigned i) -> const PostcodeCharacter& {
        return postcode_characters[text >> (8 * i) & 255];
    };
    const PostcodeCharacter& first = at(outward, 0);
    const std::uint32_t second = at(outward, 1).letter;
    const bool two = second < 64;
    const std::uint32_t district = outward >> (two ? 16 : 8);
    const PostcodeCharacter &digit = at(district, 0), &tail = at(district, 1);
    const std::uint32_t bad = first.letter | digit.digit | tail.tail | at(inward, 0).digit |
                              at(inward, 1).letter | at(inward, 2).letter;
    if ((bad & 64) != 0 || district >> 16 != 0) return -1;
    std::uint32_t packed = first.letter * 27u + (two ? second + 1 : 0);
    packed = (packed * 10 + digit.digit) * 37 + tail.tail;
    packed = (packed * 10 + at(inward, 0).digit) * 26 + at(inward, 1).letter;
    return static_cast<std::int32_t>(packed * 26 + at(inward, 2).letter);
}

// `text` without spaces, 8 bytes readable.
inline std::int32_t pack_compact_postcode(const char* text, std::size_t size) {
    if (size < 5 || size > 7) return -1;
    std::uint32_t outward = 0, inward = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t c = static_cast<std::uint8_t>(text[i]);
        const bool in = i + 3 >= size;
        (in ? inward : outward) |= c << (8 * (in ? i + 3 - size : i));
    }
    constexpr std::uint32_t lower = 0x202020;
    if ((outward | lower) == 0x726967 && (inward | 0x202000) == 0x616130) return girobank_postcode;
    return pack_postcode_parts(outward, inward);
}

}  // namespace caseaudit::casebook
