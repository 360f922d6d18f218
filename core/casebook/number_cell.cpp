#include "casebook/number_cell.h"

#include <array>
#include <charconv>

namespace caseaudit::casebook {

std::optional<std::int64_t> read_integer(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> read_decimal(std::string_view text) {
    if (text.size() > 1 && text.front() == '+') {
        text.remove_prefix(1);
        if (text.front() == '-') return std::nullopt;
    }
    if (text.find_first_not_of("0123456789.-") != std::string_view::npos) return std::nullopt;
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value == 0 ? 0.0 : value;  // -0 would differ from 0 in the image
}

std::optional<bool> read_boolean(std::string_view text) {
    if (text.size() > 5) return std::nullopt;
    std::array<char, 5> lower{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    }
    const std::string_view word(lower.data(), text.size());
    if (word == "y" || word == "yes" || word == "1" || word == "true") return true;
    if (word == "n" || word == "no" || word == "0" || word == "false") return false;
    return std::nullopt;
}

}  // namespace caseaudit::casebook
