// Which case each row belongs to.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "casebook/table_load.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::casebook {

// A row with no case key, or one that leads nowhere: a case of its own.
struct UnknownCase {
    std::string key;  // "?file:line", for the prior extract "?prior/file:line"
    std::uint32_t index = 0;
    std::uint64_t contents = 0;  // see KeylessRow; 0 where a key leads nowhere
    TableLoad* table = nullptr;
    std::size_t part = 0;  // of the table's
    RowCode row = 0;
};

struct Cases {
    std::uint32_t count = 0;
    LargeVector<OrderedText> known;    // by key; their numbers are the ranks of their ids
    std::vector<UnknownCase> unknown;  // by key; numbered after the known ones
};

// Numbers the cases as the files list them (see CaseSequence), makes these numbers the ranks of the keys and
// replaces the keys in Segment::cases by them, and finds the case of rows whose key leads through
// other tables: in the row's own extract first, then in the other. Where a linking value leads to several
// cases, it is the first of them by key. Rows of crowded cases become cases of their
// own; fails as detach_crowded() does. Texts must still be InternIds.
Result<Cases> resolve_cases(const dataset::Dataset& dataset, std::vector<std::unique_ptr<TableLoad>>& tables,
                            Interners& interners, Diagnostics& notes);

}  // namespace caseaudit::casebook
