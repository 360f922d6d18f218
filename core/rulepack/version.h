// Versions of packs, and the engine versions that a pack asks for. Pure.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit::rulepack {

std::string_view engine_version();  // "0.1.0"

// One to four numbers with dots between, then perhaps "-…" or "+…": "1.0.0", "2025.2", "2025-26.1".
bool is_version(std::string_view text);

// Requirements such as ">=0.1", ">=0.1, <2" or ">=0.1 <2", all of which must hold. Missing numbers count as
// 0.
enum class Requirement { met, not_met, malformed };
Requirement check_requirement(std::string_view text, std::string_view version);

}  // namespace caseaudit::rulepack
