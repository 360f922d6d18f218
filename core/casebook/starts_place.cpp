#include "casebook/starts_place.h"

#include <algorithm>
#include <numeric>

namespace caseaudit::casebook {

StartsPlace StartsPlace::allocate(std::uint32_t cases, ImageArena& arena) {
    StartsPlace place;
    place.offsets = arena.allocate<std::uint32_t>(CaseStarts::blocks_of(cases));
    place.counts = arena.allocate<std::uint8_t>(cases);
    return place;
}

void StartsPlace::fill(LargeVector<std::uint32_t>& all, ImageArena& arena) {
    if (!CaseStarts::pack(all, arena.at<std::uint32_t>(offsets), arena.at<std::uint8_t>(counts)))
        wide.swap(all);
}

void StartsPlace::sum_up(ImageArena& arena) const {
    auto* offset = arena.at<std::uint32_t>(offsets);
    const std::span<const std::uint8_t> all(arena.at<std::uint8_t>(counts), counts.count);
    std::uint32_t rows = 0;
    for (std::size_t block = 0; block < offsets.count; ++block) {
        offset[block] = rows;
        const auto some = all.subspan(block * CaseStarts::block);
        const auto end = some.begin() + std::min<std::ptrdiff_t>(CaseStarts::block, std::ssize(some));
        rows = std::accumulate(some.begin(), end, rows);
    }
}

CaseStarts StartsPlace::view(ImageArena& arena) const {
    if (offsets.count == 0) return {};
    if (!wide.empty()) return CaseStarts(wide);
    return CaseStarts({arena.at<std::uint32_t>(offsets), offsets.count},
                      {arena.at<std::uint8_t>(counts), counts.count});
}

}  // namespace caseaudit::casebook
