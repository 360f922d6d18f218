// The order of records that have no case.
#pragma once
#include <vector>

#include "casebook/cases.h"
#include "casebook/image_arena.h"

namespace caseaudit::casebook {

// Cases that stand for a row each come by file and line; here those of one file change places so that they
// come in the order of what their rows hold, as far as it is kept, and so whatever the order of the file.
// Those that hold the same are told apart by their contents().
// Changes Segment::cases and what the image holds of the cases. Texts must be text ids.
void order_caseless(std::vector<UnknownCase>& unknown, ImageArena& arena, const image::Header& header);

}  // namespace caseaudit::casebook
