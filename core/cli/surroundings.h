// What the command finds around it: packs, plugins, the terminal. The only part that reads the environment.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "plugin/registry.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

// $CASEAUDIT_RULES (folders separated by ':'), ./rules, the share folder beside the program.
rulepack::SearchPath search_path();

// The bundled plugins and those named. Errors of all of them.
Diagnostics load_plugins(const std::vector<std::string>& extra, plugin::Registry& registry);

// Reads NAME=VALUE pairs; what is not of that form is an error.
Result<std::map<std::string, std::string>> read_pairs(const std::vector<std::string>& pairs,
                                                      const std::string& option);

// Prints diagnostics to standard error, and how many there were.
void print(const Diagnostics& diagnostics);

// Tells on the terminal what is going on; silent when standard error is none.
void progress(std::string_view what);

}  // namespace caseaudit::cli
