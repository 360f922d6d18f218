// The documentation of a check, made from its table, so that it is written once.
#pragma once
#include <string>

#include "caseaudit/plugin.h"

namespace caseaudit::plugin {

// Markdown: a heading with the qualified name, the description, a table of parameters and one of evidence.
std::string reference(const std::string& plugin_name, const caseaudit_check& check);
// All checks of a plugin, in the order of its table.
std::string reference(const caseaudit_plugin& plugin);

}  // namespace caseaudit::plugin
