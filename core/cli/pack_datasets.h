// Whether the packs of a run read one dataset.
#pragma once
#include <memory>
#include <vector>

#include "rulepack/pack.h"

namespace caseaudit::cli {

// A diagnostic for each pack whose dataset is not the first pack's: by its id, and of one id by what its file
// holds, as a pack may bring a dataset of its own under an id that another has too.
Diagnostics refuse_other_datasets(const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs);

}  // namespace caseaudit::cli
