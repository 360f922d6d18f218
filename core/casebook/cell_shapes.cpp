#include "casebook/cell_shapes.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "dataset/dataset.h"
#include "extract/words.h"

namespace caseaudit::casebook {

using extract::is_digit;
using extract::is_letter;

namespace {

// Three numbers with one separator between them.
struct Numbers {
    std::array<unsigned, 3> value{};
    std::array<std::size_t, 3> digits{};
    char separator = 0;
    bool are_three = false;
};

Numbers numbers_of(std::string_view text) {
    Numbers found;
    std::size_t at = 0;
    for (std::size_t part = 0; part < 3; ++part) {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at]) && at - begin < 4)
            found.value[part] = found.value[part] * 10 + static_cast<unsigned>(text[at++] - '0');
        found.digits[part] = at - begin;
        if (at == begin) return found;
        if (part == 2) break;
        if (at == text.size() || is_letter(text[at]) || is_digit(text[at])) return found;
        if (part == 0) found.separator = text[at];
        if (text[at++] != found.separator) return found;
    }
    found.are_three = at == text.size();
    return found;
}

DateShape shape_of(const Numbers& numbers) {
    const auto& [a, b, c] = numbers.value;
    const bool year_first = numbers.digits[0] == 4, year_last = numbers.digits[2] == 4;
    if (year_last && a >= 1 && a <= 12 && b > 12 && b <= 31) return DateShape::month_first;
    if (year_first && c >= 1 && c <= 12 && b > 12 && b <= 31) return DateShape::month_first;
    if (!year_first && numbers.digits[2] == 2 && a <= 31 && b <= 31) return DateShape::two_digit_year;
    if ((year_first || year_last) && a != 0 && b >= 1 && b <= 12) return DateShape::separators;
    return DateShape::other;
}

}  // namespace

DateShape date_shape(std::string_view text) {
    const auto count = [&](auto of) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), of));
    };
    const std::size_t digits = count(is_digit);
    if (!text.empty() && count([](char c) { return c == '#'; }) == text.size()) return DateShape::hashes;
    if (digits == 0) return DateShape::other;
    const std::size_t whole = std::min(text.find('.'), text.size());
    if (whole == 5 && digits + (whole < text.size() ? 1 : 0) == text.size()) return DateShape::serial;
    if (digits == 8 && text.size() == 8) return DateShape::run_together;
    if (text.find(':') != std::string_view::npos) return DateShape::with_time;
    const std::size_t letters = count(is_letter);
    if (letters >= 3 && letters <= 9 && digits >= 3) return DateShape::month_named;
    const Numbers numbers = numbers_of(text);
    return numbers.are_three ? shape_of(numbers) : DateShape::other;
}

bool stands_for_blank(std::string_view text) {
    if (text.size() > 2 &&
        ((text.front() == '(' && text.back() == ')') || (text.front() == '<' && text.back() == '>') ||
         (text.front() == '[' && text.back() == ']')))
        text = text.substr(1, text.size() - 2);
    static constexpr std::string_view words[] = {"null", "nan", "nat", "n/a", "#n/a", "na",
                                                 "none", "nil", "\\n", "-",   "--",   "."};
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return dataset::same_name(word, text); });
}

}  // namespace caseaudit::casebook
