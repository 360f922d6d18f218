// The parameters, lists and named expressions that a rule or measure uses, directly or through others. Pure.
#pragma once
#include <set>
#include <string>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

struct UsedNames {
    std::set<std::string> parameters, lists, expressions;
};

UsedNames names_used(const Pack& pack, const Rule& rule);
UsedNames names_used(const Pack& pack, const Measure& measure);

}  // namespace caseaudit::rulepack
