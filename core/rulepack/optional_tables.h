// What a rule or a measure can do without: the entries under `optional`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::rulepack {

// The tables and columns of one entry: of "a or b" each may be absent, but not all of them.
std::vector<std::string> alternatives_of(std::string_view entry);

}  // namespace caseaudit::rulepack
