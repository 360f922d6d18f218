// The template of a rule's message: literal text with {expression} pieces. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::rulepack {

struct TemplatePiece {
    std::string text;  // literal, braces undoubled; or the expression without its braces
    bool is_expression = false;
    std::size_t offset = 0;  // of the expression's first character in the template
};

struct TemplateError {
    std::size_t offset = 0, length = 0;  // what to underline
    std::string message, hint;
};

struct Template {
    std::vector<TemplatePiece> pieces;  // no two literal pieces in a row
    std::vector<TemplateError> errors;
};

// "{{" and "}}" stand for braces. A quoted text inside a placeholder may hold braces.
Template parse_template(std::string_view text);

}  // namespace caseaudit::rulepack
