// Parameters set from text: --set, and `set:` of an example.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

std::vector<std::string> parameter_names(const Pack& pack);
Diagnostic unknown_parameter(const std::string& name, const std::vector<std::string>& known);

// Replaces the value; an error, and the old value kept, when the text is not of the parameter's type.
std::optional<Diagnostic> set_parameter(Parameter& parameter, const std::string& text);

}  // namespace caseaudit::rulepack
