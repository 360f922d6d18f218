// How many findings an audit may have before it fails, as packs and the command line say it.
#pragma once
#include <optional>
#include <string_view>

#include "caseaudit/findings.h"

namespace caseaudit::rulepack {

// "count > 10", "rate > 2 %" or "rate > 2 % of at least 50"; nothing when `text` is none of these.
std::optional<Threshold> parse_threshold(std::string_view text);

// What to write, for errors.
inline constexpr std::string_view threshold_hint =
    "write count > 10, or rate > 2 %, or rate > 2 % of at least 50";

}  // namespace caseaudit::rulepack
