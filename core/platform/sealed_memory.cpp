#include "platform/sealed_memory.h"

#include <fcntl.h>
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

bool write_all(int descriptor, std::span<const std::byte> bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) done += static_cast<std::size_t>(written);
    }
    return true;
}

// A sealed memory file of the bytes; -1 where there can be none.
int sealed_file(std::span<const std::byte> bytes) {
    const int descriptor = ::memfd_create("casebook", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) return -1;
    constexpr int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
    if (write_all(descriptor, bytes) && ::fcntl(descriptor, F_ADD_SEALS, seals) == 0) return descriptor;
    const int error = errno;
    ::close(descriptor);
    errno = error;
    return -1;
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
    if (::mprotect(memory_, keep, PROT_READ) != 0) return {failure("memory.seal", "seal", errno)};
    if (keep < mapped_) ::munmap(memory_ + keep, mapped_ - keep);
    mapped_ = keep;
    size_ = used;
    sealed_ = true;
    return {};
}

Diagnostics SealedMemory::share() {
    if (descriptor_ >= 0) return {};
    if (!sealed_) return {failure("memory.share", "share", EPERM)};
    const int descriptor = sealed_file({memory_, mapped_});
    if (descriptor < 0) return {failure("memory.share", "share", errno)};
    // A private mapping, since the kernel counts a shared one as a handle that might write.
    void* mapped = ::mmap(memory_, mapped_, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0);
    if (mapped == MAP_FAILED) {
        const int error = errno;
        ::close(descriptor);
        return {failure("memory.share", "share", error)};
    }
    descriptor_ = descriptor;
    return {};
}

}  // namespace caseaudit::platform
