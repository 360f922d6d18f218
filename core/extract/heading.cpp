#include "extract/heading.h"

#include <algorithm>
#include <vector>

namespace caseaudit::extract {
namespace {

constexpr std::size_t longest = 64, most_words = 8;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Letters and digits that follow each other.
struct Word {
    std::size_t letters = 0, digits = 0;
    bool letter_behind_digit = false;
    bool is_year = false;  // of this century
};

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at]) && !is_digit(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        Word& word = words.emplace_back();
        for (; at < text.size() && (is_letter(text[at]) || is_digit(text[at])); ++at) {
            word.letter_behind_digit |= is_letter(text[at]) && word.digits > 0;
            ++(is_letter(text[at]) ? word.letters : word.digits);
        }
        const std::string_view whole = text.substr(begin, at - begin);
        word.is_year = word.digits == 4 && word.letters == 0 && whole.starts_with("20");
    }
    return words;
}

// Of words that are numbers there may be one, or a year and the two digits of the next.
bool few_numbers(const std::vector<Word>& words) {
    const auto is_number = [](const Word& word) { return word.letters == 0; };
    const auto first = std::find_if(words.begin(), words.end(), is_number);
    if (first == words.end()) return true;
    if (first->digits > 2 && !first->is_year) return false;
    const auto second = std::find_if(first + 1, words.end(), is_number);
    if (second == words.end()) return true;
    return first->is_year && second == first + 1 && second->digits == 2 &&
           std::find_if(second + 1, words.end(), is_number) == words.end();
}

}  // namespace

bool looks_like_name(std::string_view text) {
    constexpr std::string_view marks = " _-./()%#&?:'";
    if (text.empty() || text.size() > longest || !is_letter(text.front())) return false;
    if (!std::all_of(text.begin(), text.end(), [&](char c) {
            return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos;
        }))
        return false;
    const std::vector<Word> words = words_of(text);
    std::size_t letters = 0, digits = 0;
    for (const Word& word : words) {
        if (word.letter_behind_digit || (word.letters > 0 && word.digits > 3)) return false;
        letters += word.letters;
        digits += word.digits;
    }
    // PR1 and C2 are codes, B1 2 the greater part of a postcode.
    return words.size() <= most_words && (digits == 0 || letters > 2) && few_numbers(words);
}

bool looks_like_value(std::string_view text) {
    const std::vector<Word> words = words_of(text);
    const bool postcode = !words.empty() && words.size() <= 2 && words.front().letters > 0 &&
                          words.front().digits > 0 && text.size() >= 5 && text.size() <= 8 &&
                          is_letter(text[text.size() - 1]) && is_letter(text[text.size() - 2]) &&
                          is_digit(text[text.size() - 3]);
    std::size_t numbers = 0, most = 0;
    for (const Word& word : words) {
        numbers += word.letters == 0;
        most = std::max(most, word.digits);
    }
    return postcode || most >= 5 || (numbers >= 3 && is_digit(text.front()));
}

}  // namespace caseaudit::extract
