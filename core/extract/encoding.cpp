#include "extract/encoding.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace caseaudit::extract {
namespace {

// 0x80 to 0x9F of Windows-1252 (unicode.org, VENDORS/MICSFT/WINDOWS/CP1252.TXT); the rest is Latin-1.
constexpr std::array<char16_t, 32> windows_1252_upper = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

char* append_code_point(char* out, std::uint32_t point) {
    if (point < 0x80) {
        *out++ = static_cast<char>(point);
        return out;
    }
    if (point < 0x800) {
        *out++ = static_cast<char>(0xC0 | point >> 6);
    } else {
        if (point < 0x10000) {
            *out++ = static_cast<char>(0xE0 | point >> 12);
        } else {
            *out++ = static_cast<char>(0xF0 | point >> 18);
            *out++ = static_cast<char>(0x80 | (point >> 12 & 0x3F));
        }
        *out++ = static_cast<char>(0x80 | (point >> 6 & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (point & 0x3F));
    return out;
}

std::size_t windows_1252_to_utf8(std::string_view bytes, char* out) {
    char* const begin = out;
    std::size_t i = 0;
    while (i < bytes.size()) {
        std::uint64_t word = 0;
        if (i + 8 <= bytes.size()) {
            std::memcpy(&word, bytes.data() + i, 8);
            if ((word & 0x8080808080808080U) == 0) {
                std::memcpy(out, &word, 8);
                out += 8;
                i += 8;
                continue;
            }
        }
        const auto byte = static_cast<unsigned char>(bytes[i++]);
        const bool upper = byte >= 0x80 && byte < 0xA0;
        out = append_code_point(out, upper ? windows_1252_upper[byte - 0x80U] : byte);
    }
    return static_cast<std::size_t>(out - begin);
}

std::size_t utf16_to_utf8(bool big, std::string_view bytes, char* out, std::size_t& used, bool last) {
    char* const begin = out;
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return big ? first << 8U | second : second << 8U | first;
    };
    std::size_t i = 0;
    while (i + 2 <= bytes.size()) {
        std::uint32_t point = unit(i);
        std::size_t taken = 2;
        if (point >= 0xD800 && point < 0xDC00) {
            const std::uint32_t low = i + 4 <= bytes.size() ? unit(i + 2) : 0;
            const bool pair = low >= 0xDC00 && low < 0xE000;
            if (!pair && i + 4 > bytes.size()) break;
            point = pair ? 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            if (pair) taken = 4;
        } else if (point >= 0xDC00 && point < 0xE000) {
            point = 0xFFFD;
        }
        out = append_code_point(out, point);
        i += taken;
    }
    if (last && i < bytes.size()) {
        *out++ = static_cast<char>(0xED);
        i = bytes.size();
    }
    used = i;
    return static_cast<std::size_t>(out - begin);
}

bool continues(unsigned char byte, unsigned char from = 0x80, unsigned char to = 0xBF) {
    return byte >= from && byte <= to;
}

}  // namespace

const char* encoding_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return "UTF-8";
        case Encoding::windows_1252:
            return "windows-1252";
        default:
            return "UTF-16";
    }
}

std::size_t utf8_sequence(const unsigned char* text) {
    const unsigned char lead = text[0];
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(text[1]) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned char from = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned char to = lead == 0xED ? 0x9F : 0xBF;
        return continues(text[1], from, to) && continues(text[2]) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned char from = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned char to = lead == 0xF4 ? 0x8F : 0xBF;
        return continues(text[1], from, to) && continues(text[2]) && continues(text[3]) ? 4 : 0;
    }
    return 0;
}

bool valid_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        std::array<unsigned char, 4> bytes{};
        std::memcpy(bytes.data(), text.data() + i, std::min<std::size_t>(4, text.size() - i));
        const std::size_t length = utf8_sequence(bytes.data());
        if (length == 0) return false;
        i += length;
    }
    return true;
}

std::size_t cut_sequence(std::string_view text) {
    for (std::size_t size = 1; size <= std::min<std::size_t>(3, text.size()); ++size) {
        std::array<unsigned char, 4> bytes = {0x80, 0x80, 0x80, 0x80};
        std::memcpy(bytes.data(), text.data() + text.size() - size, size);
        if (continues(bytes[0])) continue;
        if (size == 1) return bytes[0] >= 0xC2 && bytes[0] <= 0xF4 ? 1 : 0;
        return utf8_sequence(bytes.data()) > size ? size : 0;
    }
    return 0;
}

bool all_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::size_t utf8_bound(Encoding encoding, std::size_t bytes) {
    return encoding == Encoding::utf8 ? bytes : bytes * 3 + 3;
}

std::size_t to_utf8(Encoding encoding, std::string_view bytes, char* out, std::size_t& used, bool last) {
    used = bytes.size();
    if (encoding == Encoding::windows_1252) return windows_1252_to_utf8(bytes, out);
    if (encoding != Encoding::utf8)
        return utf16_to_utf8(encoding == Encoding::utf16_big, bytes, out, used, last);
    std::memcpy(out, bytes.data(), bytes.size());
    return bytes.size();
}

std::string to_utf8(Encoding encoding, std::string_view bytes) {
    std::string result(utf8_bound(encoding, bytes.size()), '\0');
    std::size_t used = 0;
    result.resize(to_utf8(encoding, bytes, result.data(), used, true));
    return result;
}

}  // namespace caseaudit::extract
