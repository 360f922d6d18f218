// Finds the $names in the text of an expression. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::rulepack {

struct DollarName {
    std::string_view name;   // without the $, part of the scanned text
    std::size_t offset = 0;  // of the $ in it
    bool call = false;       // followed by "("
    bool operator==(const DollarName&) const = default;
};

// What stands inside quotes is text, not a name; a $ that no letter or underscore follows is left alone
// (regular expressions end in one).
std::vector<DollarName> dollar_names(std::string_view expression);

}  // namespace caseaudit::rulepack
