#include "reports/text.h"

namespace caseaudit::reports {
namespace {

constexpr char32_t bad = 0xFFFFFFFF;

// The character at `at`, which moves past it; `bad` for a byte that begins none.
char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 && first < 0xF5 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
    if (more == 0 || first >= 0xF5) return bad;
    char32_t character = first & (0x3Fu >> more);
    for (int i = 0; i < more; ++i) {
        if (at + static_cast<std::size_t>(i) >= text.size()) return bad;
        const unsigned char trail = byte(at + static_cast<std::size_t>(i));
        if ((trail & 0xC0) != 0x80) return bad;
        character = character << 6 | (trail & 0x3Fu);
    }
    constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (character < least[more] || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
        return bad;
    at += static_cast<std::size_t>(more);
    return character;
}

// XML 1.0, section 2.2, production 2.
bool allowed_in_xml(char32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

// Controls of C0 and C1, the separators of lines, and Unicode's marks of direction (UAX 9, table 4).
bool hidden(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::string xml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t character = next(text, at);
        if (character == '&') {
            out += "&amp;";
        } else if (character == '<') {
            out += "&lt;";
        } else if (character == '>') {
            out += "&gt;";
        } else if (character == '"') {
            out += "&quot;";
        } else if (character == '\n' || character == '\r' || character == '\t') {
            out += fmt::format("&#{};", static_cast<unsigned>(character));  // else an attribute loses it
        } else if (character == bad || !allowed_in_xml(character)) {
            out += "\xEF\xBF\xBD";
        } else {
            out += text.substr(begin, at - begin);
        }
    }
    return out;
}

std::string visible(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t character = next(text, at);
        if (character == bad)
            out += fmt::format("\\x{{{:02x}}}", static_cast<unsigned char>(text[begin]));
        else if (hidden(character))
            out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(character));
        else
            out += text.substr(begin, at - begin);
    }
    return out;
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

}  // namespace caseaudit::reports
