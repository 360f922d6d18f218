#include "expression/buffer_pool.h"

#include <bit>
#include <new>

namespace caseaudit::expression {

Buffer BufferPool::take(std::size_t bytes) {
    const int size_class = std::bit_width(std::max<std::size_t>(bytes, 64) - 1);
    auto& free = free_[size_class];
    if (!free.empty()) {
        Buffer buffer = std::move(free.back());
        free.pop_back();
        return buffer;
    }
    Buffer buffer;
    buffer.size_class = size_class;
    buffer.memory.reset(
        static_cast<std::byte*>(::operator new (std::size_t{1} << size_class, std::align_val_t{64})));
    return buffer;
}

void BufferPool::give_back(Buffer buffer) {
    if (buffer.memory) free_[buffer.size_class].push_back(std::move(buffer));
}

}  // namespace caseaudit::expression
