#include "platform/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace caseaudit::platform {
namespace {

Diagnostic failure(std::string code, const std::string& path, const std::string& doing, int error) {
    Diagnostic result;
    result.code = std::move(code);
    result.message = "cannot " + doing + ": " + std::generic_category().message(error);
    result.place.file = path;
    return result;
}

Kind kind_of(const struct stat& status) {
    if (S_ISREG(status.st_mode)) return Kind::file;
    return S_ISDIR(status.st_mode) ? Kind::folder : Kind::other;
}

Diagnostic not_a_file(const std::string& path, Kind kind) {
    Diagnostic result;
    result.code = "file.open";
    result.message = kind == Kind::folder ? "is a folder, not a file" : "is a device or a pipe, not a file";
    result.place.file = path;
    return result;
}

class SystemFile final : public File {
  public:
    SystemFile(int descriptor, const struct stat& status, std::string path)
        : descriptor_(descriptor), status_(status), path_(std::move(path)) {}
    SystemFile(const SystemFile&) = delete;
    SystemFile& operator=(const SystemFile&) = delete;
    ~SystemFile() override { ::close(descriptor_); }

    std::uint64_t size() const override { return static_cast<std::uint64_t>(status_.st_size); }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override {
        std::size_t have = 0;
        while (have < into.size()) {
            const ssize_t got = ::pread(descriptor_, into.data() + have, into.size() - have,
                                        static_cast<off_t>(offset + have));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return failure("file.read", path_, "read", errno);
            if (got == 0) break;
            have += static_cast<std::size_t>(got);
        }
        return have;
    }

    bool changed() const override {
        struct stat now {};
        return ::fstat(descriptor_, &now) != 0 || now.st_size != status_.st_size ||
               now.st_mtim.tv_sec != status_.st_mtim.tv_sec || now.st_mtim.tv_nsec != status_.st_mtim.tv_nsec;
    }

  private:
    int descriptor_;
    struct stat status_;  // when it was opened
    std::string path_;
};

class SystemFiles final : public FileSystem {
  public:
    Result<std::unique_ptr<File>> open(const std::string& path) const override {
        struct stat status {};
        // Asked before opening too: to open a device can be an act in itself.
        if (::stat(path.c_str(), &status) != 0) return failure("file.open", path, "open", errno);
        if (kind_of(status) != Kind::file) return not_a_file(path, kind_of(status));
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (descriptor < 0) return failure("file.open", path, "open", errno);
        if (::fstat(descriptor, &status) != 0 || kind_of(status) != Kind::file) {
            ::close(descriptor);
            return not_a_file(path, Kind::other);
        }
        return std::unique_ptr<File>(new SystemFile(descriptor, status, path));
    }

    Kind kind(const std::string& path) const override {
        struct stat status {};
        return ::stat(path.c_str(), &status) == 0 ? kind_of(status) : Kind::absent;
    }

    Result<std::vector<Entry>> list(const std::string& path) const override {
        DIR* folder = ::opendir(path.c_str());
        if (folder == nullptr) return failure("file.list", path, "list the folder", errno);
        const std::string below = path + "/";
        std::vector<Entry> entries;
        errno = 0;
        while (const dirent* entry = ::readdir(folder)) {
            const std::string name = entry->d_name;
            if (name != "." && name != "..") entries.push_back({name, kind(below + name)});
            errno = 0;
        }
        const int error = errno;
        ::closedir(folder);
        if (error != 0) return failure("file.list", path, "list the folder", error);
        std::sort(entries.begin(), entries.end(),
                  [](const Entry& a, const Entry& b) { return a.name < b.name; });
        return entries;
    }
};

}  // namespace

const FileSystem& system_files() {
    static const SystemFiles files;
    return files;
}

Result<std::string> read_whole(const FileSystem& files, const std::string& path, std::uint64_t limit) {
    auto opened = files.open(path);
    if (!opened) return std::move(opened.errors());
    const File& file = **opened;
    if (file.size() > limit) {
        Diagnostic error;
        error.code = "file.too-large";
        error.message = "is larger than " + std::to_string(limit >> 20) + " MB";
        error.place.file = path;
        return error;
    }
    std::string content(file.size(), '\0');
    auto got = file.read_at(0, content);
    if (!got) return std::move(got.errors());
    content.resize(*got);
    return content;
}

}  // namespace caseaudit::platform
