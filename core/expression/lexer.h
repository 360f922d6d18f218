// Words of an expression. Private to expression/.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "expression/syntax.h"

namespace caseaudit::expression {

enum class TokenKind : std::uint8_t { end, name, dollar, integer, decimal, text, symbol };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;  // the name, symbol, or text with escapes resolved
    std::uint32_t begin = 0, end = 0;
    std::int64_t integer = 0;
    double decimal = 0;
};

// All tokens, ending with one of kind end; or the first error.
Result<std::vector<Token>> split_into_tokens(const Source& source);

}  // namespace caseaudit::expression
