// Memory that another process maps too.
#pragma once
#include <cstddef>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// Movable owner of a mapping and of the descriptor by which the other process maps the same pages. Pages cost
// real memory only where they are touched. The size is sealed: neither side can shrink it under the other.
class SharedMemory {
  public:
    enum class Writer { this_process, both };
    // Zeroed. With Writer::this_process no mapping made later, by whatever process, can be written through.
    // Fails with "memory.share".
    static Result<SharedMemory> create(const char* name, std::size_t size, Writer writer);
    SharedMemory(SharedMemory&& other) noexcept;
    SharedMemory& operator=(SharedMemory&& other) noexcept;
    ~SharedMemory();

    std::byte* data() const { return memory_; }
    std::size_t size() const { return size_; }
    int descriptor() const { return descriptor_; }  // owned by this object

  private:
    SharedMemory() = default;
    void release() noexcept;
    std::byte* memory_ = nullptr;
    std::size_t size_ = 0;
    int descriptor_ = -1;
};

}  // namespace caseaudit::platform
