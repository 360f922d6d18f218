// The page of one rule. Private to rulepack/.
#pragma once
#include "rulepack/documentation.h"

namespace caseaudit::rulepack {

std::string rule_page(const LoadedPack& loaded, const Rule& rule, const std::set<expression::Need>& needs);

// Rows of tables of parameters: name, value, unit, what for and source.
inline const std::vector<std::string> parameter_headings = {"Parameter", "Value", "Unit", "What it is",
                                                            "Source"};
std::vector<std::string> parameter_row(const Parameter& parameter);
std::vector<std::string> list_row(const std::string& name, const std::vector<expression::Constant>& values);

// "from 1 April 2025 to …", "" when there are no limits.
std::string in_force_text(std::optional<calendar::Day> from, std::optional<calendar::Day> to);

}  // namespace caseaudit::rulepack
