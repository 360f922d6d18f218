#include "platform/file_identity.h"

#include <sys/stat.h>

#include <filesystem>

namespace caseaudit::platform {
namespace {

// What is there of it resolved; the path as it was given where not even that can be done.
std::string canonical(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const auto absolute = fs::absolute(path, error);
    if (error) return path;
    const auto resolved = fs::weakly_canonical(absolute, error);
    return error ? absolute.lexically_normal().string() : resolved.string();
}

}  // namespace

std::optional<FileIdentity> identity_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return FileIdentity{0, 0, canonical(path)};
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino, {}};
}

}  // namespace caseaudit::platform
