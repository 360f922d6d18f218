// Capitals and small letters, for upper(…) and lower(…). Private to expression/.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit::expression {

// Letters of the Latin, Greek, Cyrillic and Armenian alphabets that have a counterpart of one letter; all
// else stays, also ß, İ and ı. UTF-8; the size in bytes does not change.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace caseaudit::expression
