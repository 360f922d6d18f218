// What the command finds around it: packs, plugins, the terminal. The only part that reads the environment.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "plugin/registry.h"
#include "reports/terminal/summary.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

// $CASEAUDIT_RULES (folders separated by ':'), ./rules, the share folder beside the program.
rulepack::SearchPath search_path();

// The bundled plugins, beside the program. Errors of all of them.
Diagnostics load_bundled_plugins(plugin::Registry& registry);

// The program that holds a sandboxed plugin, beside this one.
std::string worker_program();

// The user's own folder of settings: $XDG_CONFIG_HOME/caseaudit, else ~/.config/caseaudit; "" when neither is
// known.
std::string configuration_folder();

// What `caseaudit new KIND` copies, in the share folder beside the program.
std::string template_folder(const std::string& kind);

// Reads NAME=VALUE pairs; what is not of that form is an error.
Result<std::map<std::string, std::string>> read_pairs(const std::vector<std::string>& pairs,
                                                      const std::string& option);

// Prints diagnostics to standard error, and how many there were.
void print(const Diagnostics& diagnostics);

// How to write on standard output (or, with `error`, standard error): as wide as the terminal, in colour
// where it is one that shows colour and NO_COLOR (no-color.org) is not set.
reports::Style style(bool error);

}  // namespace caseaudit::cli
