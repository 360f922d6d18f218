#include "platform/room_to_load.h"

#include <sys/mman.h>

#include <cstddef>
#include <cstring>

namespace caseaudit::platform {

bool lacks_room_to_load(const char* words) noexcept {
    constexpr std::size_t enough = std::size_t{32} << 20;  // for the largest library that is opened late
    if (std::strstr(words, "map segment") == nullptr && std::strstr(words, "memory") == nullptr) return false;
    void* const room = ::mmap(nullptr, enough, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) return true;
    ::munmap(room, enough);
    return false;
}

}  // namespace caseaudit::platform
