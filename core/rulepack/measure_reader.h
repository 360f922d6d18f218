// Reads the measures of a rule file.
#pragma once
#include <vector>

#include "rulepack/expression_reader.h"

namespace caseaudit::rulepack {

// What is wrong goes to `errors`; what is sound is appended to `out`.
void read_measures(const yaml::Node& list, yaml::Errors& errors, ExpressionReader& expressions,
                   std::vector<Measure>& out);

}  // namespace caseaudit::rulepack
