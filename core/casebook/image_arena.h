// Hands out places in the image under construction. Called from one thread, in an order that depends on the
// data alone; what is placed may then be filled by many.
#pragma once
#include <algorithm>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string_view>

#include "casebook/image_format.h"
#include "casebook/pages.h"
#include "platform/sealed_memory.h"

namespace caseaudit::casebook {

class ImageArena {
  public:
    // `capacity` bytes of address space; only what is written costs memory.
    explicit ImageArena(platform::SealedMemory memory, std::size_t capacity)
        : memory_(std::move(memory)), base_(memory_.data()), capacity_(capacity) {}

    // What is placed is zero.
    template <class T>
    image::Array allocate(std::uint64_t count) {
        const std::uint64_t offset = (used_ + image::alignment - 1) / image::alignment * image::alignment;
        if (count > (capacity_ - offset) / sizeof(T))
            throw std::length_error("the casebook outgrows its image");
        used_ = offset + count * sizeof(T);
        return {count == 0 ? 0 : offset, count};
    }
    template <class T>
    image::Array store(std::span<const T> values) {
        const image::Array array = allocate<T>(values.size());
        if (values.size_bytes() >= large) supply_pages(at<T>(array), values.size_bytes());
        if (!values.empty()) std::memcpy(at<T>(array), values.data(), values.size_bytes());
        return array;
    }
    image::Array store(std::string_view text) { return store(std::span<const char>(text)); }
    template <class T>
    T* at(const image::Array& array) {
        return reinterpret_cast<T*>(base_ + array.offset);
    }
    // Gives back the end of the array placed last, zero again whatever it holds.
    template <class T>
    void shorten(image::Array& array, std::uint64_t count) {
        std::fill_n(at<T>(array) + count, array.count - count, T());
        if (array.count > 0) used_ = array.offset + count * sizeof(T);
        array.count = count;
    }
    std::uint64_t used() const { return used_; }
    platform::SealedMemory take() && { return std::move(memory_); }

  private:
    static constexpr std::size_t large = 1 << 16;  // from here on, one call is cheaper than the faults
    platform::SealedMemory memory_;
    std::byte* base_;
    std::uint64_t capacity_;
    std::uint64_t used_ = 0;
};

}  // namespace caseaudit::casebook
