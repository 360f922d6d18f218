#include <sched.h>

#include <ctime>

#include "sandbox/protocol.h"

namespace caseaudit::sandbox {
namespace {

std::int64_t microseconds_now() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

}  // namespace

void Hint::await_change(std::uint32_t seen, int microseconds) const {
    const auto until = microseconds_now() + microseconds;
    do {
        for (int i = 0; i < 16; ++i)
            if (word_.load(std::memory_order_acquire) != seen) return;
        ::sched_yield();
    } while (microseconds_now() < until);
}

}  // namespace caseaudit::sandbox
