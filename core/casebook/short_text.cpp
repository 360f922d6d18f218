#include "casebook/short_text.h"

namespace caseaudit::casebook {

std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = text.size() * hash_multiplier;
    while (text.size() >= 8) {
        hash = hash_word(hash ^ load_eight(text.data()));
        text.remove_prefix(8);
    }
    if (!text.empty()) {
        std::uint64_t tail = 0;
        std::memcpy(&tail, text.data(), text.size());
        hash = hash_word(hash ^ tail);
    }
    return hash_word(hash + 1);
}

std::size_t wide_space(std::string_view text) {
    if (text.size() < 2) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) == 0xC2) return byte(1) == 0xA0 || byte(1) == 0x85 ? 2 : 0;
    if (text.size() < 3) return 0;
    const unsigned first = byte(0), rest = static_cast<unsigned>(byte(1) << 8 | byte(2));
    // General Punctuation: spaces to U+200B, joiners and marks of direction, separators of lines, U+202F.
    const bool punctuation =
        first == 0xE2 && ((rest >= 0x8080 && rest <= 0x808F) || (rest >= 0x80A8 && rest <= 0x80AF) ||
                          rest == 0x819F || rest == 0x81A0 || (rest >= 0x81A6 && rest <= 0x81A9));
    const bool other = (first == 0xE1 && rest == 0x9A80) || (first == 0xE3 && rest == 0x8080) ||
                       (first == 0xEF && rest == 0xBBBF);
    return punctuation || other ? 3 : 0;
}

std::string_view trim_wide(std::string_view text) {
    const auto space_before = [&] { return is_space(text.front()) ? 1 : wide_space(text); };
    const auto space_behind = [&]() -> std::size_t {
        if (is_space(text.back())) return 1;
        for (const std::size_t size : {2U, 3U})
            if (text.size() >= size && wide_space(text.substr(text.size() - size)) == size) return size;
        return 0;
    };
    std::size_t bytes = 0;
    while (!text.empty() && (bytes = space_before()) > 0) text.remove_prefix(bytes);
    while (!text.empty() && (bytes = space_behind()) > 0) text.remove_suffix(bytes);
    return text;
}

TextKey text_key(std::string_view text) {
    if (!text.empty() && text.size() <= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), text.size());
        if (!any_zero(word | bytes_above(text.size())))
            return {word, text.data(), static_cast<std::uint32_t>(text.size()), true};
    }
    return {hash_text(text), text.data(), static_cast<std::uint32_t>(text.size()), false};
}

}  // namespace caseaudit::casebook
