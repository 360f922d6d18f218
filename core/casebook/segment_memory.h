// Where the converted rows of a table lie until they are written.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casebook/pages.h"

namespace caseaudit::casebook {

// A stretch of a SegmentMemory. Does not own it.
class Room {
  public:
    Room() = default;
    Room(void* data, std::size_t bytes) : data_(data), bytes_(bytes) {}
    explicit operator bool() const { return data_ != nullptr; }
    std::size_t bytes() const { return bytes_; }
    template <class T>
    T* as() {
        return static_cast<T*>(data_);
    }
    template <class T>
    const T* as() const {
        return static_cast<const T*>(data_);
    }

  private:
    void* data_ = nullptr;
    std::size_t bytes_ = 0;
};

// Hands out zero-filled memory, aligned to 64 bytes, and gives all of it back at once: some few large blocks
// in place of a mapping for each column of each segment, which costs more than to fill it. Not shared between
// threads; may be moved.
class SegmentMemory {
  public:
    Room take(std::size_t bytes) {
        const std::size_t wanted = (bytes + alignment - 1) / alignment * alignment;
        if (wanted > left_) add_block(wanted);
        char* const begin = next_;
        next_ += wanted;
        left_ -= wanted;
        return {begin, bytes};
    }

    bool empty() const { return taken_ == 0; }

  private:
    static constexpr std::size_t alignment = 64;
    void add_block(std::size_t least);
    std::vector<Pages> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t taken_ = 0;  // bytes of all blocks
};

}  // namespace caseaudit::casebook
