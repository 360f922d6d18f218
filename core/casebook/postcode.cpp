#include "casebook/postcode.h"

#include "casebook/postcode_cell.h"
#include "casebook/short_text.h"

namespace caseaudit::casebook {

std::int32_t pack_postcode(std::string_view text) {
    char compact[8] = {};
    std::size_t size = 0;
    while (!text.empty()) {
        const char c = text.front();
        const std::size_t space = c == ' ' || c == '\t' ? 1 : wide_space(text);
        text.remove_prefix(space > 0 ? space : 1);
        if (space > 0) continue;
        if (size == sizeof compact) return -1;
        compact[size++] = c;
    }
    return pack_compact_postcode(compact, size);
}

std::string unpack_postcode(std::int32_t packed) {
    if (packed == girobank_postcode) return "GIR 0AA";
    auto rest = static_cast<std::uint32_t>(packed);
    const auto take = [&rest](std::uint32_t base) {
        const std::uint32_t digit = rest % base;
        rest /= base;
        return digit;
    };
    const auto unit_two = static_cast<char>('A' + take(26)), unit_one = static_cast<char>('A' + take(26));
    const auto sector = static_cast<char>('0' + take(10));
    const std::uint32_t tail = take(37);
    const auto district = static_cast<char>('0' + take(10));
    const std::uint32_t second = take(27);
    std::string text(1, static_cast<char>('A' + take(26)));
    if (second > 0) text += static_cast<char>('A' + second - 1);
    text += district;
    if (tail > 10) text += static_cast<char>('A' + tail - 11);
    if (tail > 0 && tail <= 10) text += static_cast<char>('0' + tail - 1);
    return text + ' ' + sector + unit_one + unit_two;
}

}  // namespace caseaudit::casebook
