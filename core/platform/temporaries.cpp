#include "platform/temporaries.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <csignal>
#include <cstring>

#include "platform/files.h"

namespace caseaudit::platform {
namespace {

// Plain memory, as all that a signal handler may touch.
struct Slot {
    std::atomic<int> state{0};  // 0 free, 1 being written, 2 holds a path
    char path[PATH_MAX] = {};
};
std::array<Slot, 16> slots;
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void remove_and_end(int signal) {
    remove_temporaries();
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

}  // namespace

void remember_temporary(const std::string& path) {
    if (path.size() >= PATH_MAX) return;
    for (Slot& slot : slots) {
        int free = 0;
        if (!slot.state.compare_exchange_strong(free, 1)) continue;
        std::memcpy(slot.path, path.c_str(), path.size() + 1);
        slot.state = 2;
        return;
    }
}

void forget_temporary(const std::string& path) {
    for (Slot& slot : slots)
        if (slot.state.load() == 2 && path == slot.path) slot.state = 0;
}

void remove_temporaries() noexcept {
    for (Slot& slot : slots)
        if (slot.state.load() == 2) ::unlink(slot.path);
}

void remove_temporaries_on_signal() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction current {};
        // Whoever started us may have asked that a signal be ignored (nohup).
        if (::sigaction(signal, nullptr, &current) != 0 || current.sa_handler == SIG_IGN) continue;
        struct sigaction ours {};
        ours.sa_handler = remove_and_end;
        ::sigaction(signal, &ours, nullptr);
    }
}

}  // namespace caseaudit::platform
