#include "platform/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010  // Linux 5.1
#endif

namespace caseaudit::platform {
namespace {

Diagnostic failure(const char* doing) {
    const int error = errno;
    Diagnostic result;
    result.code = "memory.share";
    result.message =
        std::string("cannot ") + doing + " shared memory: " + std::generic_category().message(error);
    result.hint = "sealed shared memory needs Linux 5.1 or newer";
    return result;
}

}  // namespace

Result<SharedMemory> SharedMemory::create(const char* name, std::size_t size, Writer writer) {
    SharedMemory result;
    result.size_ = size;
    result.descriptor_ = ::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (result.descriptor_ < 0 || ::ftruncate(result.descriptor_, static_cast<off_t>(size)) != 0)
        return failure("create");
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, result.descriptor_, 0);
    if (memory == MAP_FAILED) return failure("map");
    result.memory_ = static_cast<std::byte*>(memory);
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL |
                      (writer == Writer::this_process ? F_SEAL_FUTURE_WRITE : 0);
    if (::fcntl(result.descriptor_, F_ADD_SEALS, seals) != 0) return failure("seal");
    return result;
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
    if (this != &other) {
        release();
        memory_ = std::exchange(other.memory_, nullptr);
        size_ = std::exchange(other.size_, 0);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

SharedMemory::~SharedMemory() {
    release();
}

void SharedMemory::release() noexcept {
    if (memory_ != nullptr) ::munmap(memory_, size_);
    if (descriptor_ >= 0) ::close(descriptor_);
    memory_ = nullptr;
    descriptor_ = -1;
}

}  // namespace caseaudit::platform
