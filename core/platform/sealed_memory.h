// Memory that is written once and then only read.
#pragma once
#include <cstddef>
#include <span>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// Movable owner of the memory. Written by any number of threads before seal(), read by any number after it.
class SealedMemory {
  public:
    SealedMemory() = default;
    // Zeroed, page-aligned; costs real memory only where it is touched. Fails with "memory.create".
    static Result<SealedMemory> create(std::size_t size);
    SealedMemory(SealedMemory&& other) noexcept;
    SealedMemory& operator=(SealedMemory&& other) noexcept;
    ~SealedMemory();

    // Writable until seal(), nullptr after it.
    std::byte* data() { return sealed_ ? nullptr : memory_; }
    std::span<const std::byte> span() const { return {memory_, size_}; }
    bool sealed() const { return sealed_; }

    // Keeps the first `used` bytes, at the same address, and makes them read-only. Fails with "memory.seal",
    // and then leaves the memory as it was.
    Diagnostics seal(std::size_t used);
    Diagnostics seal() { return seal(size_); }

  private:
    void release() noexcept;
    std::byte* memory_ = nullptr;
    std::size_t size_ = 0;
    std::size_t mapped_ = 0;
    bool sealed_ = false;
};

}  // namespace caseaudit::platform
