#include "rulepack/threshold.h"

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

namespace caseaudit::rulepack {
namespace {

// Words and signs; what is between them does not matter: "2%" is two, as "2 %" is.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool open = false;
    for (const char c : text) {
        const bool sign = c == '>' || c == '%';
        if (c == ' ') {
            open = false;
        } else if (sign || !open) {
            words.emplace_back(1, c);
            open = !sign;
        } else {
            words.back() += c;
        }
    }
    return words;
}

// A plain number without sign or exponent; only whole ones where `whole`.
bool read_number(const std::string& word, bool whole, double& value) {
    if (word.empty() || word.size() > 12 || word.front() == '.' || word.back() == '.') return false;
    std::size_t points = 0;
    for (const char c : word) {
        if (c == '.' && !whole)
            ++points;
        else if (c < '0' || c > '9')
            return false;
    }
    value = std::strtod(word.c_str(), nullptr);
    return points <= 1;
}

}  // namespace

std::optional<Threshold> parse_threshold(std::string_view text) {
    const auto words = words_of(text);
    Threshold threshold;
    threshold.text = std::string(text);
    if (words.size() < 3 || words[1] != ">") return {};
    if (words[0] == "count") {
        if (words.size() == 3 && read_number(words[2], true, threshold.limit)) return threshold;
        return {};
    }
    threshold.rate = true;
    if (words[0] != "rate" || words.size() < 4 || words[3] != "%" ||
        !read_number(words[2], false, threshold.limit))
        return {};
    threshold.limit /= 100;
    if (threshold.limit > 1) return {};
    if (words.size() == 4) return threshold;
    double minimum = 0;
    const bool sound = words.size() == 8 && words[4] == "of" && words[5] == "at" && words[6] == "least" &&
                       read_number(words[7], true, minimum);
    if (!sound) return {};
    threshold.minimum = static_cast<std::uint64_t>(minimum);
    return threshold;
}

}  // namespace caseaudit::rulepack
