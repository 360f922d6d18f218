// Where in the image the case starts of a table are.
#pragma once
#include <cstdint>

#include "casebook/case_starts.h"
#include "casebook/image_arena.h"
#include "casebook/pages.h"

namespace caseaudit::casebook {

struct StartsPlace {
    image::Array offsets, counts;     // in the image already; of no element: a table of no case
    LargeVector<std::uint32_t> wide;  // all offsets, where they do not fit there
    static StartsPlace allocate(std::uint32_t cases, ImageArena& arena);
    // Takes the offsets of all cases: where they do not fit, the vector itself.
    void fill(LargeVector<std::uint32_t>& all, ImageArena& arena);
    // Fills the offsets from the counts.
    void sum_up(ImageArena& arena) const;
    CaseStarts view(ImageArena& arena) const;
};

}  // namespace caseaudit::casebook
