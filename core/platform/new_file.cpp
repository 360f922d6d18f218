#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "platform/files.h"
#include "platform/temporaries.h"

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

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// By which a file without a name can be reached to be given one.
std::string by_descriptor(int descriptor) {
    return "/proc/self/fd/" + std::to_string(descriptor);
}

// The name itself is on the disk only when the folder is.
void sync_folder(const std::string& path) {
    const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    ::fsync(folder);
    ::close(folder);
}

std::string temporary_beside(const std::string& path) {
    static std::atomic<unsigned> counter{0};
    return path + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
}

}  // namespace

Diagnostics check_private(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        Diagnostic error = write_failure(path, errno);
        error.code = "file.open";
        error.message = "cannot open: " + std::generic_category().message(errno);
        return {error};
    }
    if ((status.st_mode & 077) == 0) return {};
    Diagnostic error;
    error.code = "file.private";
    error.message = "may be read or written by others than its owner";
    error.place.file = path;
    error.hint = "chmod 600, and ask who has read it until now";
    return {error};
}

Result<NewFile> NewFile::create(const std::string& path, Existing existing, Temporary temporary) {
    NewFile result;
    result.path_ = resolved(path);
    result.existing_ = existing;
    struct stat status {};
    const bool exists = ::stat(result.path_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) return write_failure(path, EISDIR);
    if (exists && existing == Existing::kept) return write_failure(path, EEXIST);
    result.direct_ = exists && !S_ISREG(status.st_mode);
    if (result.direct_)
        result.descriptor_ = ::open(result.path_.c_str(), O_WRONLY | O_CLOEXEC);
    else if (!result.open_temporary(temporary))
        return write_failure(path, errno);
    if (result.descriptor_ < 0) return write_failure(path, errno);
    return result;
}

// Not every file system knows files without a name, and they get one by way of /proc.
bool NewFile::open_temporary(Temporary kind) {
    if (kind == Temporary::nameless) {
        descriptor_ = ::open(folder_of(path_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
        if (descriptor_ >= 0 && ::access(by_descriptor(descriptor_).c_str(), F_OK) == 0) return true;
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }
    const std::string name = temporary_beside(path_);
    remember_temporary(name);
    descriptor_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) {
        temporary_ = name;
        return true;
    }
    const int error = errno;
    forget_temporary(name);
    errno = error;
    return false;
}

NewFile::NewFile(NewFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      direct_(other.direct_),
      existing_(other.existing_),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

NewFile& NewFile::operator=(NewFile&& other) noexcept {
    if (this != &other) {
        discard();
        descriptor_ = std::exchange(other.descriptor_, -1);
        direct_ = other.direct_;
        existing_ = other.existing_;
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
    if (temporary_.empty()) return;
    ::unlink(temporary_.c_str());
    forget_temporary(temporary_);
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
    const auto fail = [&] {
        const int error = errno;
        discard();
        return Diagnostics{write_failure(path_, error)};
    };
    if (!direct_ && (::fsync(descriptor_) != 0 || !give_name())) return fail();
    // Some file systems report a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0) return fail();
    if (!direct_) sync_folder(path_);
    return {};
}

bool NewFile::give_name() {
    const auto link_to = [&](const std::string& name) {
        const std::string from = temporary_.empty() ? by_descriptor(descriptor_) : temporary_;
        return ::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (existing_ == Existing::kept) {
        if (!link_to(path_)) return false;
        if (!temporary_.empty()) ::unlink(temporary_.c_str());
    } else if (temporary_.empty()) {
        if (link_to(path_)) return true;
        if (errno != EEXIST) return false;
        // A link replaces nothing and a rename does: a name for the moment between the two.
        const std::string name = temporary_beside(path_);
        remember_temporary(name);
        const bool linked = link_to(name);
        temporary_ = name;
        if (!linked || !rename_over()) return false;
    } else if (!rename_over()) {
        return false;
    }
    forget_temporary(temporary_);
    temporary_.clear();
    return true;
}

bool NewFile::rename_over() {
    return std::rename(temporary_.c_str(), path_.c_str()) == 0;
}

}  // namespace caseaudit::platform
