// How an authority resolves disputes: the stages that one goes through and what each may take, and the
// findings that would start one. `dispute_protocol` in pack.yaml.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "expression/expression.h"

namespace caseaudit::rulepack {

// Stages are numbered from 1, in the order of the list.
struct DisputeStage {
    std::string name, addressee;
    expression::Text working_days;  // a whole number, or $name of a parameter that is one
};

struct DisputeProtocol {
    struct Named {
        std::string name;
        Place place;
    };
    Place place;                            // of the key; an heir's, where it changes the protocol
    std::optional<expression::Text> total;  // working days that all stages may take together
    std::vector<DisputeStage> stages;
    std::vector<Named> proposes;              // ids of the rules whose findings would start a dispute
    std::map<std::string, Named> categories;  // rule id -> what a dispute about it is called

    bool proposed_by(const std::string& rule) const;
    // "" when none is given.
    std::string category_of(const std::string& rule) const;
};

}  // namespace caseaudit::rulepack
