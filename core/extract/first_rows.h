// The first rows of a file whose headings are not where they should be, to look for them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "platform/files.h"

namespace caseaudit::extract {

struct FirstRow {
    std::uint64_t line = 0;          // on which it begins, in a sheet the row; from 1
    std::vector<std::string> cells;  // trimmed, blank ones at the end left out; bytes of the file's encoding
};

inline constexpr std::size_t most_first_rows = 20;

// Those of a CSV file that lie within its first 64 kB; none where it cannot be read. Each is split by the
// separator that it has most of.
std::vector<FirstRow> first_rows(const platform::FileSystem& files, const std::string& path);

}  // namespace caseaudit::extract
