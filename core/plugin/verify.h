// Whether a plugin's table keeps to the contract, before anything in it is used.
#pragma once
#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

// Versions first, as nothing else can be read when they do not fit; then everything that is wrong with the
// table, at once: structures shorter than version 1.0's, null members, names that are not names, duplicates
// within the plugin, unknown kinds and types. `origin` is the file, or where a linked-in table comes from.
Diagnostics verify(const caseaudit_plugin* table, const std::string& origin);

}  // namespace caseaudit::plugin
