// What a generator has written.
#pragma once
#include <cstdint>
#include <map>
#include <string>

namespace caseaudit::generate {

struct GenerateReport {
    std::uint64_t rows = 0;                        // data rows of all extracts
    std::uint64_t bytes = 0;                       // of their files
    std::uint64_t planted = 0;                     // children that an error was planted in
    std::map<std::string, std::uint64_t> answers;  // "pack/rule" -> records that it must report
};

}  // namespace caseaudit::generate
