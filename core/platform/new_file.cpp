#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "platform/files.h"

namespace caseaudit::platform {
namespace {

Diagnostic write_failure(const std::string& path, int error) {
    Diagnostic result;
    result.code = "file.write";
    result.message = "cannot write: " + std::generic_category().message(error);
    result.place.file = path;
    return result;
}

// Where the file really is: the rename must replace what a symbolic link leads to, not the link.
std::string resolved(const std::string& path) {
    char buffer[PATH_MAX];
    return ::realpath(path.c_str(), buffer) != nullptr ? std::string(buffer) : path;
}

std::string temporary_beside(const std::string& path) {
    static std::atomic<unsigned> counter{0};
    return path + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
}

}  // namespace

Result<NewFile> NewFile::create(const std::string& path) {
    NewFile result;
    result.path_ = resolved(path);
    struct stat status {};
    const bool exists = ::stat(result.path_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) return write_failure(path, EISDIR);
    const bool direct = exists && !S_ISREG(status.st_mode);
    if (!direct) result.temporary_ = temporary_beside(result.path_);
    result.descriptor_ =
        direct ? ::open(result.path_.c_str(), O_WRONLY | O_CLOEXEC)
               : ::open(result.temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (result.descriptor_ < 0) {
        const int error = errno;
        result.temporary_.clear();
        return write_failure(path, error);
    }
    return result;
}

NewFile::NewFile(NewFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

NewFile& NewFile::operator=(NewFile&& other) noexcept {
    if (this != &other) {
        discard();
        descriptor_ = std::exchange(other.descriptor_, -1);
        path_ = std::move(other.path_);
        temporary_ = std::exchange(other.temporary_, {});
    }
    return *this;
}

NewFile::~NewFile() {
    discard();
}

void NewFile::discard() noexcept {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    temporary_.clear();
}

Diagnostics NewFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return {write_failure(path_, errno)};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Diagnostics NewFile::commit() {
    // Some file systems report a full disk only here.
    const bool closed = ::close(std::exchange(descriptor_, -1)) == 0;
    if (!closed) {
        const int error = errno;
        discard();
        return {write_failure(path_, error)};
    }
    if (temporary_.empty()) return {};
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
        const int error = errno;
        discard();
        return {write_failure(path_, error)};
    }
    temporary_.clear();
    return {};
}

}  // namespace caseaudit::platform
