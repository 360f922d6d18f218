#include "extract/heading.h"

#include <algorithm>
#include <vector>

#include "extract/words.h"

namespace caseaudit::extract {
namespace {

constexpr std::size_t longest = 64, most_words = 8;

struct Word {
    std::size_t letters = 0, digits = 0;
    bool letter_behind_digit = false;
    bool is_year = false;  // of this century
};

Word judge(std::string_view text) {
    Word word;
    for (const char c : text) {
        word.letter_behind_digit |= is_letter(c) && word.digits > 0;
        ++(is_letter(c) ? word.letters : word.digits);
    }
    word.is_year = word.digits == 4 && word.letters == 0 && text.starts_with("20");
    return word;
}

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> judged;
    Words words(text);
    while (words.next()) judged.push_back(judge(words.word()));
    return judged;
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

}  // namespace caseaudit::extract
