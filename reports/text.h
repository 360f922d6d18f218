// Text for forms that have rules of their own about characters.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::reports {

// For text and attributes of XML 1.0: markup escaped, characters that XML does not allow replaced by
// U+FFFD, and so are bytes that are no UTF-8.
std::string xml(std::string_view text);

// For one line of a terminal or a log: control characters, and the marks that turn the direction of text,
// as \u{1b}; line ends too.
std::string visible(std::string_view text);

// 1234567 as 1,234,567.
std::string grouped(std::uint64_t number);

}  // namespace caseaudit::reports
