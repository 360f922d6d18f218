// All distinct texts of the casebook, keys included, in bytewise order.
#pragma once
#include <vector>

#include "casebook/cases.h"
#include "casebook/image_arena.h"

namespace caseaudit::casebook {

// Places the pool and the case keys in the image, gives every text of `texts` its id as rank, and replaces
// InternIds by text ids in all tables.
void build_text_pool(const Cases& cases, std::vector<std::unique_ptr<TableLoad>>& tables,
                     Interners& interners, ImageArena& arena, image::Header& header);

}  // namespace caseaudit::casebook
