// Where the fields of a derived table come from.
#pragma once
#include <optional>

#include "dataset/dataset.h"

namespace caseaudit::dataset {

struct CarriedField {
    int field = -1;      // of the source table
    bool first = false;  // from the run's first row, else from its last
};

// What a field of a table of runs is carried over from; none for `start`, `end` and `rows`. `source` is the
// table that the runs are of.
std::optional<CarriedField> carried_field(const Table& runs, const Table& source, int field);

}  // namespace caseaudit::dataset
