// Opening a shared library and reading a plugin's table from it: the only place where a plugin's code is
// first called.
#pragma once
#include <string>

#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

// Opens the file with every symbol resolved now and none of them shared with other plugins, and looks up
// caseaudit_plugin_v1. The library stays loaded for the life of the process, as what it hands out may outlive
// any registry. Says which of these went wrong and what to do: not a library of this machine, undefined
// symbol, missing library, symbol missing.
Result<caseaudit_plugin_v1_function> link_library(const std::string& path);

// The plugin's table, verified. `origin`: the file, for messages. An exception is caught and told.
Result<const caseaudit_plugin*> read_table(caseaudit_plugin_v1_function entry, const std::string& origin);

}  // namespace caseaudit::plugin
