// Memory of vectors, used again from batch to batch. Private to expression/.
#pragma once
#include <cstddef>
#include <memory>
#include <vector>

namespace caseaudit::expression {

struct FreeMemory {
    void operator()(std::byte* memory) const { ::operator delete (memory, std::align_val_t{64}); }
};

struct Buffer {
    std::unique_ptr<std::byte, FreeMemory> memory;
    int size_class = -1;
    void* data() const { return memory.get(); }
};

class BufferPool {
  public:
    // At least `bytes`, aligned for vector instructions; not zeroed.
    Buffer take(std::size_t bytes);
    void give_back(Buffer buffer);

  private:
    std::vector<Buffer> free_[48];  // by size class: powers of two
};

}  // namespace caseaudit::expression
