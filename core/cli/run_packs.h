// The packs of a run, as --pack and --set choose them.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "cli/run_options.h"
#include "cli/run_request.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

struct RunPacks {
    std::vector<std::unique_ptr<rulepack::LoadedPack>> packs;  // where they are, they stay; at least one
    std::vector<std::string> files;                            // that were read for them
};

// In the order given, parameters set, all for one dataset; with collection_year the pack of that year's
// collection in place of one that has several. All errors of packs that cannot be read in one go, those that
// plugins find in their rules too.
Result<RunPacks> load_packs(const RunOptions& options, const RunRequest& request);

}  // namespace caseaudit::cli
