// `plugins:` of pack.yaml.
#pragma once
#include <vector>

#include "rulepack/plugin_need.h"
#include "yaml/map_reader.h"

namespace caseaudit::rulepack {

// Reads the entry `plugins` of pack.yaml's map and reports what is wrong with it. Pack and folder are left to
// the caller.
std::vector<PluginNeed> read_plugin_needs(yaml::MapReader& map);

}  // namespace caseaudit::rulepack
