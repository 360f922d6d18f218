#include "platform/sealed_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <new>
#include <system_error>
#include <utility>

namespace caseaudit::platform {
namespace {

Diagnostic failure(const char* code, const char* doing, int error) {
    if (error == ENOMEM) throw std::bad_alloc();
    Diagnostic result;
    result.code = code;
    result.message = std::string("cannot ") + doing + " memory: " + std::generic_category().message(error);
    return result;
}

std::size_t whole_pages(std::size_t size) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return std::max<std::size_t>(1, (size + page - 1) / page) * page;
}

}  // namespace

Result<SealedMemory> SealedMemory::create(std::size_t size) {
    SealedMemory result;
    result.size_ = size;
    result.mapped_ = whole_pages(size);
    void* memory = ::mmap(nullptr, result.mapped_, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return failure("memory.create", "reserve", errno);
    result.memory_ = static_cast<std::byte*>(memory);
    return result;
}

SealedMemory::SealedMemory(SealedMemory&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, 0)),
      sealed_(std::exchange(other.sealed_, false)) {}

SealedMemory& SealedMemory::operator=(SealedMemory&& other) noexcept {
    if (this != &other) {
        release();
        memory_ = std::exchange(other.memory_, nullptr);
        size_ = std::exchange(other.size_, 0);
        mapped_ = std::exchange(other.mapped_, 0);
        sealed_ = std::exchange(other.sealed_, false);
    }
    return *this;
}

SealedMemory::~SealedMemory() {
    release();
}

void SealedMemory::release() noexcept {
    if (memory_ == nullptr) return;
    // Piece by piece: while all of it is unmapped in one go, no other thread comes by new memory.
    constexpr std::size_t piece = std::size_t{4} << 20;
    for (std::size_t at = 0; at < mapped_; at += piece)
        ::madvise(memory_ + at, std::min(piece, mapped_ - at), MADV_DONTNEED);
    ::munmap(memory_, mapped_);
    memory_ = nullptr;
}

Diagnostics SealedMemory::seal(std::size_t used) {
    if (sealed_) return {};
    const std::size_t keep = whole_pages(used);
    if (::mprotect(memory_, keep, PROT_READ) != 0) return {failure("memory.seal", "seal", errno)};
    if (keep < mapped_) ::munmap(memory_ + keep, mapped_ - keep);
    mapped_ = keep;
    size_ = used;
    sealed_ = true;
    return {};
}

}  // namespace caseaudit::platform
