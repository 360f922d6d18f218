#include "casebook/identifying_text.h"

#include <algorithm>
#include <array>

#include "casebook/postcode.h"
#include "extract/words.h"

namespace caseaudit::casebook {

using extract::is_digit;
using extract::is_letter;
using extract::Words;

namespace {

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit);
}

bool is_pupil_number(std::string_view word) {
    return word.size() == 13 && is_letter(word[0]) && std::all_of(word.begin() + 1, word.end() - 1, is_digit);
}

// From `begin` on: a number of figures and no more of them, as which of three parts of a date.
struct Part {
    unsigned value = 0;
    std::size_t digits = 0;
};

Part part_at(std::string_view text, std::size_t begin) {
    Part part;
    while (begin + part.digits < text.size() && is_digit(text[begin + part.digits]) && part.digits < 5)
        part.value = part.value * 10 + static_cast<unsigned>(text[begin + part.digits++] - '0');
    return part;
}

bool are_day_and_month(const Part& a, const Part& b) {
    return a.digits <= 2 && b.digits <= 2 && a.value > 0 && b.value > 0 && std::max(a.value, b.value) <= 31 &&
           std::min(a.value, b.value) <= 12;
}

bool is_date_in_figures(std::string_view text, std::size_t begin) {
    std::array<Part, 3> parts;
    char separator = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] = part_at(text, begin);
        begin += parts[i].digits;
        if (parts[i].digits == 0) return false;
        if (i == 2) break;
        if (begin == text.size() || (text[begin] != '/' && text[begin] != '-' && text[begin] != '.'))
            return false;
        if (i == 1 && text[begin] != separator) return false;
        separator = text[begin++];
    }
    const auto is_year = [](const Part& part) { return part.digits == 2 || part.digits == 4; };
    return (are_day_and_month(parts[0], parts[1]) && is_year(parts[2])) ||
           (parts[0].digits == 4 && are_day_and_month(parts[1], parts[2]));
}

bool is_month(std::string_view word) {
    constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
    return word.size() >= 3 && std::any_of(months.begin(), months.end(), [&](std::string_view month) {
               return word.size() <= month.size() && std::equal(word.begin(), word.end(), month.begin(),
                                                                [](char a, char b) { return (a | 32) == b; });
           });
}

// "3", "3rd", "2010"
bool is_day_or_year(std::string_view word) {
    const Part part = part_at(word, 0);
    if (part.digits == 0 || part.digits > 4) return false;
    const std::string_view rest = word.substr(part.digits);
    return rest.empty() || (rest.size() == 2 && part.digits <= 2 && is_letter(rest[0]) && is_letter(rest[1]));
}

}  // namespace

bool holds_postcode_or_pupil_number(std::string_view text) {
    if (text.size() < 5 || !has_digit(text)) return false;
    Words words(text);
    std::string_view before;
    std::size_t before_begin = 0, before_end = 0;
    while (words.next()) {
        const std::string_view word = words.word();
        if (is_pupil_number(word)) return true;
        if (word.size() >= 5 && word.size() <= 7 && pack_postcode(word) >= 0) return true;
        const bool only_spaces =
            text.substr(before_end, words.begin() - before_end).find_first_not_of(" \t") ==
            std::string_view::npos;
        if (!before.empty() && only_spaces && word.size() == 3 && before.size() <= 4 &&
            pack_postcode(text.substr(before_begin, words.end() - before_begin)) >= 0)
            return true;
        before = word;
        before_begin = words.begin();
        before_end = words.end();
    }
    return false;
}

bool holds_full_date(std::string_view text) {
    if (text.size() < 6 || !has_digit(text) || text.find_first_of("/-. ") == std::string_view::npos)
        return false;
    Words words(text);
    std::string_view before, two_before;
    while (words.next()) {
        const std::string_view word = words.word();
        if (is_date_in_figures(text, words.begin())) return true;
        // Day, month and year, or month, day and year.
        if (is_day_or_year(word) && ((is_month(before) && is_day_or_year(two_before)) ||
                                     (is_day_or_year(before) && is_month(two_before))))
            return true;
        two_before = before;
        before = word;
    }
    return false;
}

bool looks_like_value(std::string_view text) {
    if (pack_postcode(text) >= 0) return true;
    std::ptrdiff_t numbers = 0, most = 0;
    Words words(text);
    while (words.next()) {
        const std::string_view word = words.word();
        const auto digits = std::count_if(word.begin(), word.end(), is_digit);
        numbers += digits == std::ssize(word);
        most = std::max(most, digits);
    }
    return most >= 5 || (numbers >= 3 && is_digit(text.front()));
}

}  // namespace caseaudit::casebook
