// Puts a pack together with the packs it extends.
#pragma once
#include <vector>

#include "rulepack/layer.h"

namespace caseaudit::rulepack {

// `layers` in order of inheritance: a pack comes after those it extends, the loaded one last. Rules are
// moved out of the layers; places of rules' parts come with the drafts.
struct Merged {
    Pack pack;
    std::vector<RuleDraft> drafts;  // become pack.rules once the dataset has judged them
    std::map<std::string, DeclaredExpression> expressions;
    std::map<std::string, DeclaredList> lists;
    Diagnostics errors;
};
Merged merge(std::vector<Layer>& layers);

}  // namespace caseaudit::rulepack
