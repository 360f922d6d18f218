#include "rulepack/threshold.h"

#include <catch2/catch.hpp>

using caseaudit::rulepack::parse_threshold;

TEST_CASE("thresholds as packs write them") {
    const auto count = parse_threshold("count > 10");
    REQUIRE(count);
    CHECK_FALSE(count->rate);
    CHECK(count->limit == 10);
    for (const auto* text :
         {"rate > 2.5 % of at least 50", "rate>2.5% of at least 50", "  rate > 2.5%  of at least 50 "}) {
        const auto rate = parse_threshold(text);
        REQUIRE(rate);
        CHECK(rate->rate);
        CHECK(rate->limit == Approx(0.025));
        CHECK(rate->minimum == 50);
    }
    CHECK(parse_threshold("rate > 0 %")->minimum == 0);
    CHECK(parse_threshold("rate > 100 %")->limit == 1);
}

TEST_CASE("what is no threshold is none") {
    for (const auto* text : {"", "count", "count > ", "count > -1", "count > 1.5", "count >= 3", "count < 3",
                             "rate > 2", "rate > 101 %", "rate > 2 % of 50", "rate > 2 % of at least",
                             "rate > 2 % of at least 1.5", "rate > 2 % of at least 50 reviews", "rate > . %",
                             "rate > 1.2.3 %", "count > 1 %", "share > 2 %", "count > 9999999999999"})
        CHECK_FALSE(parse_threshold(text));
}
