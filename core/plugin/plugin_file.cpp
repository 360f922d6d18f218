#include "plugin/plugin_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>
#include <vector>

#include "crypto/crypto.h"
#include "diagnostic/file_error.h"

namespace caseaudit::plugin {
namespace {

bool write_all(int descriptor, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t written = ::write(descriptor, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

// Copies all of `from` and returns its hash; "" when it cannot.
std::string copy(int from, int to) {
    crypto::Sha256 hash;
    std::vector<char> buffer(1 << 14);
    for (;;) {
        const ssize_t size = ::read(from, buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return "";
        if (size == 0) break;
        hash.add({buffer.data(), static_cast<std::size_t>(size)});
        if (!write_all(to, buffer.data(), static_cast<std::size_t>(size))) return "";
    }
    return hash.hexadecimal();
}

bool is_file(int descriptor) {
    struct stat state {};
    return ::fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode);
}

// Appends why others than the user and root can write what is open, if they can.
void add_unsafe(int descriptor, const std::string& what, const std::string& path, Diagnostics& problems) {
    struct stat state {};
    if (::fstat(descriptor, &state) != 0 || (state.st_uid != ::geteuid() && state.st_uid != 0))
        problems.push_back(file_error("plugin.unsafe", fmt::format("{} belongs to another user", what), path,
                                      "copy the plugin to a folder of your own"));
    else if ((state.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        problems.push_back(
            file_error("plugin.unsafe", fmt::format("others can write {}", what), path,
                       "take their right away (chmod go-w), or copy the plugin to a folder of your own"));
}

}  // namespace

Result<PluginFile> PluginFile::open(const std::string& path) {
    if (!std::filesystem::path(path).is_absolute())
        return file_error("plugin.relative-path", "a plugin is opened by its absolute path only", path,
                          "write the whole path, from /");
    // Links are followed once, here, and what they lead to is judged; from then on none is. What is judged,
    // hashed and loaded is what these descriptors hold, whatever the path comes to mean meanwhile.
    std::error_code unresolved;
    const auto real = std::filesystem::canonical(path, unresolved);
    const int folder =
        unresolved ? -1 : ::open(real.parent_path().c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    // Not waiting, should it be a pipe.
    const int file = folder < 0 ? -1
                                : ::openat(folder, real.filename().c_str(),
                                           O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    const int error = unresolved ? unresolved.value() : errno;
    if (file < 0 && (error == ENOENT || error == ENOTDIR))
        return file_error("plugin.not-found", "there is no such plugin file", path, "check the path");
    if (file >= 0 && !is_file(file)) {
        ::close(file);
        ::close(folder);
        return file_error("plugin.not-found", "is not a file", path, "check the path");
    }
    PluginFile opened;
    opened.path_ = path;
    if (file >= 0) {
        add_unsafe(file, "the file", real.string(), opened.unsafe_);
        add_unsafe(folder, "its folder", real.parent_path().string(), opened.unsafe_);
    }
    if (folder >= 0) ::close(folder);
    if (file >= 0) {
        opened.descriptor_ = ::memfd_create("plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (opened.descriptor_ >= 0) opened.sha256_ = copy(file, opened.descriptor_);
        ::close(file);
    }
    if (opened.sha256_.empty() || ::fcntl(opened.descriptor_, F_ADD_SEALS,
                                          F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return file_error("plugin.unreadable", "the plugin file cannot be read", path,
                          "check its permissions");
    return opened;
}

PluginFile::PluginFile(PluginFile&& other) noexcept
    : path_(std::move(other.path_)),
      sha256_(std::move(other.sha256_)),
      unsafe_(std::move(other.unsafe_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

PluginFile& PluginFile::operator=(PluginFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(sha256_, other.sha256_);
    std::swap(unsafe_, other.unsafe_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

PluginFile::~PluginFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace caseaudit::plugin
