// What a run was, and of what, as its findings document tells it.
#pragma once
#include <string_view>
#include <vector>

#include "casebook/load.h"
#include "cli/run_packs.h"
#include "cli/run_request.h"
#include "findings/document.h"
#include "plugin/registry.h"

namespace caseaudit::cli {

// The day that an audit speaks of.
struct AsAt {
    calendar::Day day = 0;
    std::string_view source;  // "given", "collection end" or "today"
};

// The day given; else the last day of the first pack's collection; else today, by the clock.
AsAt choose_as_at(const RunRequest& request, const RunPacks& packs);

// All but what the life of findings adds. `timelines`: the document has them.
findings::RunInfo describe_run(const RunOptions& options, const RunRequest& request, const RunPacks& packs,
                               const plugin::Registry& plugins, const casebook::LoadedExtract& extract,
                               const AsAt& as_at, bool timelines);

std::vector<findings::RejectedInfo> describe_rejected(const casebook::LoadedExtract& extract);

}  // namespace caseaudit::cli
