#include "expression/letter_case.h"

namespace caseaudit::expression {
namespace {

// Capitals first … last, each `step` after the one before; the small letter is `distance` further.
struct Pairs {
    int first, last, step, distance;
};
// The simple case mappings of the Unicode Character Database (UnicodeData.txt), of letters whose
// counterpart takes as many bytes.
constexpr Pairs pairs[] = {
    {0x41, 0x5A, 1, 32},    {0xC0, 0xD6, 1, 32},    {0xD8, 0xDE, 1, 32},    {0x100, 0x12E, 2, 1},
    {0x132, 0x136, 2, 1},   {0x139, 0x147, 2, 1},   {0x14A, 0x176, 2, 1},   {0x178, 0x178, 1, -121},
    {0x179, 0x17D, 2, 1},   {0x181, 0x181, 1, 210}, {0x186, 0x186, 1, 206}, {0x18A, 0x18A, 1, 205},
    {0x18F, 0x18F, 1, 202}, {0x190, 0x190, 1, 203}, {0x198, 0x198, 1, 1},   {0x1A0, 0x1A4, 2, 1},
    {0x1AF, 0x1AF, 1, 1},   {0x1CD, 0x1DB, 2, 1},   {0x1DE, 0x1EE, 2, 1},   {0x1F4, 0x1F4, 1, 1},
    {0x1F8, 0x21E, 2, 1},   {0x222, 0x232, 2, 1},   {0x386, 0x386, 1, 38},  {0x388, 0x38A, 1, 37},
    {0x38C, 0x38C, 1, 64},  {0x38E, 0x38F, 1, 63},  {0x391, 0x3A1, 1, 32},  {0x3A3, 0x3AB, 1, 32},
    {0x400, 0x40F, 1, 80},  {0x410, 0x42F, 1, 32},  {0x460, 0x480, 2, 1},   {0x48A, 0x4BE, 2, 1},
    {0x4C1, 0x4CD, 2, 1},   {0x4D0, 0x52E, 2, 1},   {0x531, 0x556, 1, 48},  {0x1E00, 0x1E94, 2, 1},
    {0x1EA0, 0x1EFE, 2, 1},
};
constexpr int final_sigma = 0x3C2, sigma = 0x3C3;

int change(int letter, bool to_upper) {
    if (to_upper && letter == final_sigma) letter = sigma;
    for (const Pairs& some : pairs) {
        const int capital = to_upper ? letter - some.distance : letter;
        if (capital < some.first || capital > some.last || (capital - some.first) % some.step != 0) continue;
        return to_upper ? capital : letter + some.distance;
    }
    return letter;
}

// The bytes of the character that begins with `lead`, of which those of four have no letters above.
std::size_t bytes_of(unsigned char lead) {
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

std::string change_case(std::string_view text, bool to_upper) {
    std::string result(text);
    for (std::size_t at = 0, bytes; at < result.size(); at += bytes) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(result[at + i]); };
        bytes = bytes_of(byte(0));
        if (bytes == 4 || at + bytes > result.size()) continue;
        if (bytes == 1) {
            if (byte(0) < 0x80) result[at] = static_cast<char>(change(byte(0), to_upper));
            continue;
        }
        int letter = byte(0) & (bytes == 2 ? 0x1F : 0x0F);
        for (std::size_t i = 1; i < bytes; ++i) letter = letter << 6 | (byte(i) & 0x3F);
        letter = change(letter, to_upper);
        for (std::size_t i = bytes - 1; i > 0; --i, letter >>= 6)
            result[at + i] = static_cast<char>(0x80 | (letter & 0x3F));
        result[at] = static_cast<char>((bytes == 2 ? 0xC0 : 0xE0) | letter);
    }
    return result;
}

}  // namespace

std::string upper_case(std::string_view text) {
    return change_case(text, true);
}

std::string lower_case(std::string_view text) {
    return change_case(text, false);
}

}  // namespace caseaudit::expression
