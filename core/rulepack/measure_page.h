// What a pack's measures count, on its overview. Private to rulepack/.
#pragma once
#include <string>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

std::string measures_of(const Pack& pack);  // "" when there are none

}  // namespace caseaudit::rulepack
