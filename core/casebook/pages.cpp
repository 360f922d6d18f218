#include "casebook/pages.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace caseaudit::casebook {
namespace {
constexpr std::size_t smallest_mapping = 16384;  // below, a system call costs more than it gives back
}

Pages::Pages(std::size_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    if (bytes < smallest_mapping) {
        data_ = std::calloc(1, bytes);
        if (data_ == nullptr) throw std::bad_alloc();
        return;
    }
    void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    data_ = mapped;
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

}  // namespace caseaudit::casebook
