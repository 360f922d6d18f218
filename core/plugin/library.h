// Opening a shared library: the only place that knows how, and where a plugin's file is read.
#pragma once
#include <string>

#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

struct OpenedLibrary {
    caseaudit_plugin_v1_function entry = nullptr;
    std::string sha256;  // of the file, lower case hexadecimal
};

// Opens `path`, which must be absolute, with every symbol resolved now and none of them shared with other
// plugins; looks up caseaudit_plugin_v1. The library stays loaded for the life of the process, as what it
// hands out may outlive any registry. Says which of these went wrong and what to do: path not absolute, no
// such file, not a library of this machine, undefined symbol, symbol missing.
Result<OpenedLibrary> open_library(const std::string& path);

}  // namespace caseaudit::plugin
