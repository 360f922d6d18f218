// The parameters of a run, as its findings document has them.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rulepack/pack.h"

namespace caseaudit::cli {

// Values as text, by name: dates yyyy-mm-dd. A name to which the packs give different values is written apart
// for each of them, as pack.name; names of parameters have no point, so no two can be taken for each other.
std::map<std::string, std::string> run_parameters(
    const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs);

}  // namespace caseaudit::cli
