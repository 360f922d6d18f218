// SHA-256 of a pack: of what decides its results, and of nothing else.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace caseaudit::rulepack {

// Of (name, content) pairs in any order; the result depends on the set of pairs only. Lower-case hex.
// Each part is hashed with its length before it, so that no two sets of parts read alike.
std::string digest(std::vector<std::pair<std::string_view, std::string_view>> parts);

}  // namespace caseaudit::rulepack
