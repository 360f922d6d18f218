// Plugins that are to run in this process are loaded in another one first: what a static constructor throws
// cannot be caught around dlopen, and would end the command with no word of the plugin.
#pragma once
#include <string>

#include "diagnostic/diagnostic.h"
#include "plugin/plugin_file.h"

namespace caseaudit::cli {

// Loads the file, by its path or as it was opened, in a process of its own with this one's rights and
// environment, and waits for as long as that takes. Fails with "plugin.broke" when that process does not
// survive it. What else is wrong with the file is no matter here.
Diagnostics rehearse_loading(const plugin::PluginFile& file, bool by_path);

// That process: loads the library, tells how it went, and ends.
[[noreturn]] void serve_rehearsal(const std::string& path);

}  // namespace caseaudit::cli
