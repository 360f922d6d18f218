#include "casebook/segment_memory.h"

#include <algorithm>

namespace caseaudit::casebook {
namespace {
// A block is a quarter of what there is, so that little of the last one lies idle.
constexpr std::size_t least_block = std::size_t{8} << 10, largest_block = std::size_t{4} << 20;
}  // namespace

void SegmentMemory::add_block(std::size_t least) {
    const std::size_t grown = std::max(taken_ / 4 / least_block * least_block, least_block);
    Pages& block = blocks_.emplace_back(std::max(std::min(grown, largest_block), least));
    taken_ += block.bytes();
    next_ = block.as<char>();
    left_ = block.bytes();
}

}  // namespace caseaudit::casebook
