#include "rulepack/dollar_names.h"

namespace caseaudit::rulepack {
namespace {

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool continues_name(char c) {
    return begins_name(c) || (c >= '0' && c <= '9');
}

// Past the closing quote of the literal that begins at `at`, or past the end.
std::size_t skip_literal(std::string_view text, std::size_t at) {
    const char quote = text[at++];
    while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

}  // namespace

std::vector<DollarName> dollar_names(std::string_view expression) {
    std::vector<DollarName> names;
    std::size_t at = 0;
    while (at < expression.size()) {
        const char c = expression[at];
        if (c == '\'' || c == '"') {
            at = skip_literal(expression, at);
        } else if (c == '$' && at + 1 < expression.size() && begins_name(expression[at + 1])) {
            std::size_t end = at + 1;
            while (end < expression.size() && continues_name(expression[end])) ++end;
            const bool call = end < expression.size() && expression[end] == '(';
            names.push_back({expression.substr(at + 1, end - at - 1), at, call});
            at = end;
        } else {
            ++at;
        }
    }
    return names;
}

}  // namespace caseaudit::rulepack
