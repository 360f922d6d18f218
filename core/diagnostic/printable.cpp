#include "diagnostic/printable.h"

#include <fmt/format.h>

namespace caseaudit {
namespace {

constexpr std::string_view more = "…";

// Bytes of the character that `text` begins with; 0 when it is none (Unicode 15, table 3-7).
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
    const unsigned second = byte(1);
    const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                       (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return wrong ? 0 : size;
}

// Also the control characters U+0080 to U+009F, which some terminals obey, separators of lines, what has no
// width, and the marks that turn the direction of text around (UAX 9, table 4), by which a line can be made
// to read as another.
bool is_control(std::string_view one) {
    const auto first = static_cast<unsigned char>(one[0]);
    if (one.size() == 1) return first < 0x20 || first == 0x7F;
    if (one.size() == 2)
        return one == "\u061C" || (first == 0xC2 && static_cast<unsigned char>(one[1]) < 0xA0);
    return (one >= "\u200B" && one <= "\u200F") || (one >= "\u2028" && one <= "\u202E") ||
           (one >= "\u2066" && one <= "\u2069") || one == "\uFEFF";
}

// The first character of `text` or, where it begins with none, the first byte.
struct Piece {
    explicit Piece(std::string_view rest) {
        const std::size_t size = character(rest);
        text = rest.substr(0, size == 0 ? 1 : size);
        shown = size != 0 && !is_control(text);
    }
    std::string_view text;
    bool shown;
};

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
    std::string out;
    std::size_t kept = 0;  // where it can be cut
    while (!text.empty()) {
        const Piece piece(text);
        text.remove_prefix(piece.text.size());
        std::string escaped;
        for (const char byte : piece.shown ? std::string_view() : piece.text)
            escaped += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
        const std::string_view added = piece.shown ? piece.text : escaped;
        if (out.size() + added.size() > limit) return out.substr(0, kept).append(more);
        out += added;
        if (out.size() + more.size() <= limit) kept = out.size();
    }
    return out;
}

std::string masked(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Piece piece(text);
        text.remove_prefix(piece.text.size());
        if (piece.shown || piece.text == "\t")
            out += piece.text;
        else
            out.append(piece.text.size(), '?');
    }
    return out;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

}  // namespace caseaudit
