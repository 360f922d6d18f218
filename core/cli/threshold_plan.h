// What an audit may find before it fails: what its packs say, and over that the command line.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "findings/thresholds.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

// `given`: of --fail-if, each "SUBJECT: CONDITION", the subject a rule, a severity or a pack. All errors in
// one go.
Result<findings::Thresholds> threshold_plan(const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs,
                                            const std::vector<std::string>& given);

}  // namespace caseaudit::cli
