// A findings document of few records, written as the command writes it, for tests of what reads one.
#pragma once
#include <string>

#include "reports/renderer.h"

namespace caseaudit::tests {

// Two rules that ran (one with two findings), one skipped, one failed; a measure; a rejected row. The second
// finding's texts hold what no form may pass on as it is: markup, quotes, a formula, control characters.
std::string sample_json(findings::Form form = findings::Form::json);
findings::Document sample();

// What the renderer of the format makes of it; of one that makes a single file, its bytes.
reports::Files render(std::string_view format, const findings::Document& document);
std::string render_one(std::string_view format, const findings::Document& document);

}  // namespace caseaudit::tests
