#include "platform/sealed_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace caseaudit::platform {
namespace {

Diagnostic failure(const char* code, const char* doing, int error) {
    Diagnostic result;
    result.code = code;
    result.message = std::string("cannot ") + doing + " memory: " + std::generic_category().message(error);
    return result;
}

std::size_t whole_pages(std::size_t size) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return std::max<std::size_t>(1, (size + page - 1) / page) * page;
}

int sealable_file(std::size_t size) {
    const int descriptor = ::memfd_create("casebook", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) return -1;
    if (::ftruncate(descriptor, static_cast<off_t>(size)) == 0) return descriptor;
    ::close(descriptor);
    return -1;
}

}  // namespace

Result<SealedMemory> SealedMemory::create(std::size_t size) {
    SealedMemory result;
    result.size_ = size;
    result.mapped_ = whole_pages(size);
    result.descriptor_ = sealable_file(result.mapped_);
    const int flags = result.descriptor_ >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void* memory = ::mmap(nullptr, result.mapped_, PROT_READ | PROT_WRITE, flags, result.descriptor_, 0);
    if (memory == MAP_FAILED) return failure("memory.create", "reserve", errno);
    result.memory_ = static_cast<std::byte*>(memory);
    return result;
}

SealedMemory::SealedMemory(SealedMemory&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, 0)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      sealed_(std::exchange(other.sealed_, false)) {}

SealedMemory& SealedMemory::operator=(SealedMemory&& other) noexcept {
    if (this != &other) {
        release();
        memory_ = std::exchange(other.memory_, nullptr);
        size_ = std::exchange(other.size_, 0);
        mapped_ = std::exchange(other.mapped_, 0);
        descriptor_ = std::exchange(other.descriptor_, -1);
        sealed_ = std::exchange(other.sealed_, false);
    }
    return *this;
}

SealedMemory::~SealedMemory() {
    release();
}

void SealedMemory::release() noexcept {
    if (memory_ != nullptr) ::munmap(memory_, mapped_);
    if (descriptor_ >= 0) ::close(descriptor_);
    memory_ = nullptr;
    descriptor_ = -1;
}

Diagnostics SealedMemory::seal(std::size_t used) {
    if (sealed_) return {};
    const std::size_t keep = whole_pages(used);
    if (descriptor_ < 0) {
        if (::mprotect(memory_, mapped_, PROT_READ) != 0) return {failure("memory.seal", "seal", errno)};
        if (keep < mapped_) ::munmap(memory_ + keep, mapped_ - keep);
    } else {
        if (keep < mapped_ && ::ftruncate(descriptor_, static_cast<off_t>(keep)) != 0)
            return {failure("memory.seal", "shorten", errno)};
        // The kernel refuses to seal while a writable mapping exists. The address is held meanwhile by a
        // mapping of nothing; the last mapping is private because a shared one would count as writable.
        const auto map = [&](std::size_t size, int protection, int flags, int descriptor) {
            return ::mmap(memory_, size, protection, MAP_FIXED | flags, descriptor, 0) != MAP_FAILED;
        };
        if (!map(mapped_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1))
            return {failure("memory.seal", "seal", errno)};
        const bool sealed =
            ::fcntl(descriptor_, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
        const int error = errno;
        if (!map(keep, sealed ? PROT_READ : PROT_READ | PROT_WRITE, sealed ? MAP_PRIVATE : MAP_SHARED,
                 descriptor_) ||
            !sealed)
            return {failure("memory.seal", "seal", sealed ? errno : error)};
        if (keep < mapped_) ::munmap(memory_ + keep, mapped_ - keep);
    }
    mapped_ = keep;
    size_ = used;
    sealed_ = true;
    return {};
}

}  // namespace caseaudit::platform
