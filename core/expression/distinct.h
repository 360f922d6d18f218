// Counting distinct values, or combinations of values, of each group. Private to expression/.
#pragma once
#include "expression/fold.h"

namespace caseaudit::expression {

// Memory is bounded by the values of one group and one piece.
std::unique_ptr<Fold> make_distinct_count(std::span<const Node* const> bodies, std::uint32_t groups,
                                          void* out);

}  // namespace caseaudit::expression
