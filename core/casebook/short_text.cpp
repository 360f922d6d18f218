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
