// Synthetic SSDA903 returns: this year's files and last year's, the reference tables, and the answer key
// of the errors planted in them. No real child, carer or worker is behind any value.
#pragma once
#include <cstdint>
#include <string>

#include "diagnostic/diagnostic.h"
#include "generate/generate_report.h"
#include "generate/limits.h"

namespace caseaudit::generate {

struct Ssda903Options {
    std::uint64_t children = 1600;  // in this year's return; at most 4,000,000
    int year = 2025;                // the collection year begins on 1 April of it; 1995 to 2150
    std::uint64_t seed = 1;
    double error_rate = 0;  // probability, per child, that one error is planted; 0 to 1
    std::string out;        // folder; made if absent, files in it of the same names are replaced
    std::uint32_t children_at_once = 1000;  // in one piece of work; the bytes do not depend on it
};

// Writes current/*.csv, prior/*.csv, reference/{provider_info,postcodes}.csv and answers.json below
// options.out. The bytes depend on the options alone: not on the thread count, and the records of the
// k-th child not on `children`. Runs in the calling thread's oneTBB arena with memory that does not grow
// with the number of children. Histories leave out what two years' files alone would make doubtful: care
// leavers of 20 and 21, whose episodes lie before last year's return, and events within four days of 1 April.
Result<GenerateReport> ssda903(const Ssda903Options& options);

}  // namespace caseaudit::generate
