// Memory that is used again as soon as it is dropped, so that what has been moved into the image does not
// count twice.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

namespace caseaudit::casebook {

// Zero-filled, owned, movable; all of it will be written soon.
class Pages {
  public:
    Pages() = default;
    explicit Pages(std::size_t bytes);
    Pages(Pages&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    Pages& operator=(Pages&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Pages() { drop(); }

    explicit operator bool() const { return data_ != nullptr; }
    std::size_t bytes() const { return bytes_; }
    void drop();
    // To so many bytes at least. Keeps the content; zeros follow it. Large memory is not copied for that.
    void grow(std::size_t bytes);
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

// An array that is as long as anybody has asked for, zero-filled.
template <class T>
class GrowingArray {
  public:
    T* data() { return memory_.as<T>(); }
    const T* data() const { return memory_.as<T>(); }
    T& operator[](std::size_t i) { return data()[i]; }
    const T& operator[](std::size_t i) const { return data()[i]; }
    std::size_t size() const { return memory_.bytes() / sizeof(T); }
    void reach(std::size_t count) {
        if (count > size()) memory_.grow((count + count / 4) * sizeof(T));
    }

  private:
    Pages memory_;
};

// Large arrays outside the heap, which does not give back what is freed in its midst.
void* allocate_pages(std::size_t bytes);  // throws std::bad_alloc
void free_pages(void* data, std::size_t bytes) noexcept;

template <class T>
struct PageAllocator {
    using value_type = T;
    PageAllocator() = default;
    template <class Other>
    PageAllocator(const PageAllocator<Other>&) {}
    T* allocate(std::size_t count) { return static_cast<T*>(allocate_pages(count * sizeof(T))); }
    void deallocate(T* data, std::size_t count) noexcept { free_pages(data, count * sizeof(T)); }
    template <class Other>
    bool operator==(const PageAllocator<Other>&) const {
        return true;
    }
};

// A vector that may grow with the number of records. What is reserved counts as about to be written.
template <class T>
using LargeVector = std::vector<T, PageAllocator<T>>;
// Gives its memory back. To assign {} would keep it.
template <class T>
void give_back(LargeVector<T>& vector) {
    LargeVector<T>().swap(vector);
}

// For memory of private pages all of which will be written soon: whole pages of it get the place of pages
// that were dropped, with whatever these hold, or are had in one go. Throws std::bad_alloc.
void supply_pages(void* data, std::size_t bytes);
// Dropped pages are kept for that; this gives them back to the operating system.
void give_back_pages() noexcept;

}  // namespace caseaudit::casebook
