// What a dataset says of XML, in the reader's terms.
#pragma once
#include <optional>

#include "dataset/dataset.h"
#include "extract/record_layout.h"

namespace caseaudit::casebook {

// Empty when extracts of the dataset do not come as XML. Optional fields of a table whose records are whole
// cases are left out unless the table's `xml` names them: what stands there is another table's.
std::optional<extract::RecordLayout> record_layout(const dataset::Dataset& dataset);

}  // namespace caseaudit::casebook
