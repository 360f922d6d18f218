#include "casebook/pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace caseaudit::casebook {
namespace {
constexpr std::size_t smallest_mapping = 65536;  // below, a system call costs more than it gives back

// Huge pages are not asked for: where memory is in pieces, or the machine is virtual and lends its free
// memory out, the kernel takes longer to come by one than they save.
void* map_pages(std::size_t bytes) {
    void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    return mapped;
}

}  // namespace

Pages::Pages(std::size_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    if (bytes < smallest_mapping) {
        data_ = std::calloc(1, bytes);
        if (data_ == nullptr) throw std::bad_alloc();
        return;
    }
    data_ = map_pages(bytes);
    expect_writes(data_, bytes);
}

void Pages::drop() {
    if (data_ == nullptr) return;
    if (bytes_ < smallest_mapping) {
        std::free(data_);
    } else {
        munmap(data_, bytes_);
    }
    data_ = nullptr;
    bytes_ = 0;
}

void Pages::grow(std::size_t bytes) {
    if (bytes <= bytes_) return;
    if (bytes_ >= smallest_mapping) {
        void* const moved = mremap(data_, bytes_, bytes, MREMAP_MAYMOVE);
        if (moved == MAP_FAILED) throw std::bad_alloc();
        expect_writes(static_cast<char*>(moved) + bytes_, bytes - bytes_);
        data_ = moved;
        bytes_ = bytes;
    } else {
        Pages larger(bytes);
        if (bytes_ > 0) std::memcpy(larger.data_, data_, bytes_);
        *this = std::move(larger);
    }
}

void* allocate_pages(std::size_t bytes) {
    if (bytes < smallest_mapping) return ::operator new(bytes);
    void* mapped = map_pages(bytes);
    expect_writes(mapped, bytes);
    return mapped;
}

void free_pages(void* data, std::size_t bytes) noexcept {
    if (bytes < smallest_mapping) {
        ::operator delete(data);
    } else {
        munmap(data, bytes);
    }
}

void expect_writes(void* data, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
    constexpr std::uintptr_t page = 4096;
    const auto from = (reinterpret_cast<std::uintptr_t>(data) + page - 1) / page * page;
    const auto to = (reinterpret_cast<std::uintptr_t>(data) + bytes) / page * page;
    // A kernel that does not know it refuses; the pages then come one by one, as they are written.
    const auto start = static_cast<std::ptrdiff_t>(from - reinterpret_cast<std::uintptr_t>(data));
    if (from < to) madvise(static_cast<char*>(data) + start, to - from, MADV_POPULATE_WRITE);
#else
    static_cast<void>(data);
    static_cast<void>(bytes);
#endif
}

}  // namespace caseaudit::casebook
