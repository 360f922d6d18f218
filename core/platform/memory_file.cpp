#include "platform/memory_file.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace caseaudit::platform {
namespace {

Diagnostic failure(const char* code, const char* what, int error) {
    Diagnostic result;
    result.code = code;
    result.message = std::string(what) + ": " + std::generic_category().message(error);
    return result;
}

}  // namespace

Result<MemoryFile> MemoryFile::create() {
    MemoryFile result;
    result.descriptor_ = ::memfd_create("report", MFD_CLOEXEC);
    if (result.descriptor_ < 0) return failure("memory.create", "cannot make a file in memory", errno);
    return result;
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

MemoryFile& MemoryFile::operator=(MemoryFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

MemoryFile::~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string MemoryFile::path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

Result<std::string> MemoryFile::read() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0)
        return failure("file.read", "cannot read a file in memory", errno);
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t got =
            ::pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failure("file.read", "cannot read a file in memory", got == 0 ? EIO : errno);
        at += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace caseaudit::platform
