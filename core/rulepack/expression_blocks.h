// Expressions on pages of documentation. Private to rulepack/.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

// What the expressions are for, and each as a block of code; "" when there are none.
std::string titled_block(std::string_view title, const std::optional<expression::Text>& text);
std::string titled_blocks(std::string_view title, const std::vector<expression::Text>& texts);

// The named expressions of the pack, each with its arguments.
std::string named_blocks(const Pack& pack, const std::set<std::string>& names);

}  // namespace caseaudit::rulepack
