#include "platform/do_both.h"

#include <tbb/parallel_for.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

using caseaudit::platform::do_both;

TEST_CASE("what one of two throws is thrown, and the other is done to its end") {
    for (int i = 0; i < 200; ++i) {
        std::atomic<int> done = 0;
        CHECK_THROWS_AS(do_both([] { throw std::runtime_error("first"); },
                                [&] {
                                    for (int round = 0; round < 10; ++round)
                                        tbb::parallel_for(0, 100, [&](int) { ++done; });
                                }),
                        std::runtime_error);
        CHECK(done == 1000);
    }
}

TEST_CASE("of two that throw the first is heard") {
    try {
        do_both([] { throw std::runtime_error("first"); }, [] { throw std::runtime_error("second"); });
        FAIL();
    } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()) == "first");
    }
}
