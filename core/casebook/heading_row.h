// Where the headings of a file are that has none in its first row. Private to casebook/.
#pragma once
#include <string>

#include "casebook/load_file.h"

namespace caseaudit::casebook {

// Why the first row of the file holds no headings of a table, where that can be told: they stand further
// down, or it holds what looks like values. Else "".
std::string misplaced_headings(const dataset::Dataset& dataset, const LoadFile& file);

}  // namespace caseaudit::casebook
