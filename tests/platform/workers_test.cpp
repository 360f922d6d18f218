#include "platform/workers.h"

#include <sched.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <atomic>
#include <catch2/catch.hpp>

using caseaudit::platform::meet_worker;

namespace {

cpu_set_t allowed() {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    REQUIRE(sched_getaffinity(0, sizeof processors, &processors) == 0);
    return processors;
}

void let_run_on(const cpu_set_t& processors) {
    REQUIRE(sched_setaffinity(0, sizeof processors, &processors) == 0);
}

}  // namespace

TEST_CASE("a worker that was moved may run wherever it could before") {
    const tbb::global_control two(tbb::global_control::max_allowed_parallelism, 2);
    const cpu_set_t before = allowed();
    for (int round = 0; round < 50; ++round) {
        meet_worker();
        std::atomic<int> confined = 0;
        tbb::parallel_for(0, 64, [&](int) {
            cpu_set_t now;
            CPU_ZERO(&now);
            if (sched_getaffinity(0, sizeof now, &now) != 0 || !CPU_EQUAL(&now, &before)) ++confined;
        });
        CHECK(confined == 0);
    }
}

TEST_CASE("nobody is waited for where there is nobody to come, or nowhere else to run") {
    const cpu_set_t before = allowed();
    SECTION("one thread") {
        const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
        meet_worker();
    }
    SECTION("one processor") {
        cpu_set_t here;
        CPU_ZERO(&here);
        CPU_SET(static_cast<unsigned>(sched_getcpu()), &here);
        let_run_on(here);
        const tbb::global_control two(tbb::global_control::max_allowed_parallelism, 2);
        meet_worker();
        const cpu_set_t after = allowed();
        CHECK(CPU_EQUAL(&after, &here));
        let_run_on(before);
    }
}
