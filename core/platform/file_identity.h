// Which file a path leads to, whatever way it is written.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace caseaudit::platform {

// Equal for two paths of one file or folder: by a link, a hard link, or another way of writing it.
struct FileIdentity {
    std::uint64_t device = 0, number = 0;
    std::string path;  // absolute, links resolved: of what does not exist yet, and else ""
    bool operator==(const FileIdentity&) const = default;
};

// None for devices and pipes, which several may write to.
std::optional<FileIdentity> identity_of(const std::string& path);

}  // namespace caseaudit::platform
