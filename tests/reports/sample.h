// A findings document of few records, written as the command writes it, for tests of what reads one.
#pragma once
#include <string>

#include "findings/read.h"

namespace caseaudit::tests {

// Two rules that ran (one with two findings), one skipped, one failed; a measure; a rejected row. The second
// finding's texts hold what no form may pass on as it is: markup, quotes, a formula, control characters.
std::string sample_json(findings::Form form = findings::Form::json);
findings::Document sample();

}  // namespace caseaudit::tests
