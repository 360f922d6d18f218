#include "platform/threads_apart.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>

#include "platform/child.h"

using caseaudit::platform::Child;
using caseaudit::platform::ThreadsApart;

namespace {

cpu_set_t processors_of(pid_t thread = 0) {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    REQUIRE(sched_getaffinity(thread, sizeof processors, &processors) == 0);
    return processors;
}

bool same(const cpu_set_t& a, const cpu_set_t& b) {
    return CPU_EQUAL(&a, &b);
}

// The thread sanitizer's stand-in for TBB has no workers: it makes threads anew each time.
#ifdef __SANITIZE_THREAD__
constexpr bool has_workers = false;
#else
constexpr bool has_workers = true;
#endif

// How many tasks run where they should not.
int misplaced(const cpu_set_t& for_workers, const cpu_set_t& for_host) {
    const pid_t host = gettid();
    std::atomic<int> count = 0;
    tbb::parallel_for(0, 64, [&](int) {
        cpu_set_t mine;
        CPU_ZERO(&mine);
        const bool is_host = gettid() == host;
        if (!is_host && !has_workers) return;
        if (sched_getaffinity(0, sizeof mine, &mine) != 0 || !same(mine, is_host ? for_host : for_workers))
            ++count;
    });
    return count;
}

}  // namespace

TEST_CASE("the workers are kept off this thread's processor, and may run anywhere afterwards") {
    const tbb::global_control two(tbb::global_control::max_allowed_parallelism, 2);
    const cpu_set_t before = processors_of();
    int apart = 0;
    for (int round = 0; round < 100; ++round) {
        {
            const ThreadsApart threads(2);
            const cpu_set_t here = processors_of();
            if (same(here, before)) {  // no worker came in time
                CHECK(misplaced(before, before) == 0);
                continue;
            }
            ++apart;
            CHECK(CPU_COUNT(&here) == 1);
            cpu_set_t others;
            CPU_XOR(&others, &before, &here);
            CHECK(misplaced(others, here) == 0);
        }
        CHECK(same(processors_of(), before));
        CHECK(misplaced(before, before) == 0);
    }
    if (CPU_COUNT(&before) >= 2) CHECK(apart > 0);
}

TEST_CASE("a process that is started meanwhile may run anywhere") {
    const tbb::global_control two(tbb::global_control::max_allowed_parallelism, 2);
    const cpu_set_t before = processors_of();
    const ThreadsApart threads(2);
    const auto child = Child::start("/bin/sleep", {"60"}, {});
    REQUIRE(child);
    CHECK(same(processors_of(child->id()), before));
}

TEST_CASE("threads stay as they are where one is alone, where they are many, or more than the processors") {
    const cpu_set_t before = processors_of();
    const auto threads = GENERATE(1, 9, 3);
    cpu_set_t few = before;
    for (unsigned processor = 0; threads == 3 && processor < CPU_SETSIZE && CPU_COUNT(&few) > 2; ++processor)
        CPU_CLR(processor, &few);
    REQUIRE(sched_setaffinity(0, sizeof few, &few) == 0);
    {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                        static_cast<std::size_t>(threads));
        const ThreadsApart apart(static_cast<std::size_t>(threads));
        CHECK(same(processors_of(), few));
    }
    REQUIRE(sched_setaffinity(0, sizeof before, &before) == 0);
}
