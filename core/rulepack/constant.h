// Values of parameters and lists: read from YAML, or from text as the type wanted. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "expression/expression.h"
#include "yaml/document.h"

namespace caseaudit::rulepack {

// By how the scalar is written: true and false are booleans, 5 an integer, 0.5 a decimal, 2025-04-01 a
// date, anything else and everything in quotes text. Empty when the node is no scalar, or is an unquoted
// text of a date's form that is no day (2025-02-30).
std::optional<expression::Constant> constant_from(const yaml::Node& node);

// The text read as a value of the kind; empty when it is none. An integer is a decimal too.
std::optional<expression::Constant> constant_from(std::string_view text, expression::Kind kind);

// For messages: "a date", and how one is written: "yyyy-mm-dd".
std::string_view describe_kind(expression::Kind kind);
std::string_view how_written(expression::Kind kind);

// Whether the unquoted text has the form of a date, real or not.
bool looks_like_date(std::string_view text);

}  // namespace caseaudit::rulepack
