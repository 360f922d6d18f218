#include "platform/landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace caseaudit::platform {
namespace {

// linux/landlock.h as of ABI 6; the header of Debian 12 ends at ABI 2. The numbers are the same everywhere.
constexpr long create_ruleset = 444, add_rule = 445, restrict_self = 446;
constexpr std::uint64_t read_file = 1u << 2, read_dir = 1u << 3;
constexpr std::uint64_t first_accesses = (1u << 13) - 1;  // ABI 1
constexpr std::uint64_t refer = 1u << 13, truncate_file = 1u << 14, device_control = 1u << 15;
constexpr std::uint64_t tcp = 0b11, abstract_sockets_and_signals = 0b11;
constexpr std::uint32_t version_flag = 1;
constexpr int path_beneath = 1;

struct Ruleset {
    std::uint64_t files, network, scoped;
};
struct __attribute__((packed)) PathBeneath {
    std::uint64_t access;
    std::int32_t parent;
};

Ruleset everything(long version) {
    Ruleset all{first_accesses, 0, 0};
    if (version >= 2) all.files |= refer;
    if (version >= 3) all.files |= truncate_file;
    if (version >= 4) all.network = tcp;
    if (version >= 5) all.files |= device_control;
    if (version >= 6) all.scoped = abstract_sockets_and_signals;
    return all;
}

// How much of the structure a kernel of that version knows.
std::size_t size_of(long version) {
    if (version >= 6) return sizeof(Ruleset);
    return version >= 4 ? offsetof(Ruleset, scoped) : offsetof(Ruleset, network);
}

void allow_reading(int ruleset, const char* path) {
    const int descriptor = ::open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat state {};
    ::fstat(descriptor, &state);
    const PathBeneath rule{S_ISDIR(state.st_mode) ? read_file | read_dir : read_file, descriptor};
    ::syscall(add_rule, ruleset, path_beneath, &rule, 0);
    ::close(descriptor);
}

}  // namespace

bool restrict_files(std::span<const char* const> readable) {
    const long version = ::syscall(create_ruleset, nullptr, 0, version_flag);
    if (version < 1) return false;
    const Ruleset all = everything(version);
    const int ruleset = static_cast<int>(::syscall(create_ruleset, &all, size_of(version), 0));
    if (ruleset < 0) return false;
    for (const char* path : readable) allow_reading(ruleset, path);
    const bool restricted = ::syscall(restrict_self, ruleset, 0) == 0;
    ::close(ruleset);
    return restricted;
}

}  // namespace caseaudit::platform
