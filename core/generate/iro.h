// Synthetic IRO services: the tables of the Standard Safeguarding Dataset that an IRO service needs and the
// tables that it keeps itself, with the answer key of the errors planted in them. No real child, carer or
// worker is behind any value.
#pragma once
#include <cstdint>
#include <string>

#include "diagnostic/diagnostic.h"
#include "generate/generate_report.h"
#include "generate/limits.h"

namespace caseaudit::generate {

struct IroOptions {
    std::uint64_t children = 1653;  // looked after at some time of the year; at most 4,000,000
    int year = 2025;                // the year begins on 1 April of it; 1995 to 2150
    std::uint64_t seed = 1;
    double error_rate = 0;  // probability, per child, that one error is planted; 0 to 1
    std::string out;        // folder; made if absent, files in it of the same names are replaced
    std::uint32_t children_at_once = 500;  // in one piece of work; the bytes do not depend on it
};

// Writes current/<table>.csv for each table and answers.json below options.out. The records stand at 31 March
// of the year after options.year, reach back to each child's entry to care, and hold nothing later. Without
// planted errors every clock of the rule pack `iro` is kept. The bytes depend on the options alone: not on
// the thread count, and the records of the k-th child not on `children`. Runs in the calling thread's oneTBB
// arena with memory that does not grow with the number of children, but for the twelve counts of each IRO's
// children.
Result<GenerateReport> iro(const IroOptions& options);

}  // namespace caseaudit::generate
