// The examples of a rule as tables of records. Private to rulepack/.
#pragma once
#include <string>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

std::string example_page(const Rule& rule);  // "" when there are none

}  // namespace caseaudit::rulepack
