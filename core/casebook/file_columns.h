// Which column of a file holds which field of its table.
#pragma once
#include <string>
#include <vector>

#include "dataset/dataset.h"

namespace caseaudit::casebook {

struct FileColumns {
    std::vector<int> column_of;         // by field: the file's column, or -1
    int key_column = -1;                // the file's column of the case key
    std::vector<int> unknown;           // columns that are no field, by place in the file
    std::vector<int> loose;             // columns that are fields but for spaces and the like in the heading
    std::vector<std::string> repeated;  // columns that come more than once, of which the first is used
    std::vector<std::string> absent;    // fields that the file should have and has not
};

FileColumns match_columns(const dataset::Dataset& dataset, const dataset::Table& table,
                          const std::vector<std::string>& columns);

}  // namespace caseaudit::casebook
