// Every error of rule packs at once: those of their files, and those of their rules as the plugins' checks
// see them.
#pragma once
#include <string>
#include <vector>

#include "cli/plugin_options.h"
#include "diagnostic/diagnostic.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

// The packs, by name or folder, each with all of its errors by place. `of_plugins`: what kept plugins from
// being loaded.
std::vector<rulepack::Inspection> inspect_packs(const std::vector<std::string>& names,
                                                const rulepack::LoadOptions& load_options,
                                                const PluginOptions& plugin_options, Diagnostics& of_plugins);

// The errors alone, for a command that found that it cannot use these packs.
Diagnostics errors_of_packs(const std::vector<std::string>& names, const rulepack::LoadOptions& load_options,
                            const PluginOptions& plugin_options);

}  // namespace caseaudit::cli
