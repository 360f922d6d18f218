#include "casebook/case_starts.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using caseaudit::casebook::CaseStarts;

namespace {

// Offsets of cases with so many rows each.
std::vector<std::uint32_t> offsets_of(const std::vector<std::uint32_t>& rows) {
    std::vector<std::uint32_t> offsets{0};
    for (const std::uint32_t each : rows) offsets.push_back(offsets.back() + each);
    return offsets;
}

void check(const CaseStarts& starts, const std::vector<std::uint32_t>& offsets) {
    REQUIRE(starts.size() == offsets.size());
    const auto cases = static_cast<std::uint32_t>(offsets.size() - 1);
    CHECK(starts.back() == offsets.back());
    for (std::uint32_t i = 0; i <= cases; ++i) {
        REQUIRE(starts[i] == offsets[i]);
        if (i < cases) REQUIRE(starts.rows(i) == offsets[i + 1] - offsets[i]);
        for (std::uint32_t row = offsets[i]; i < cases && row < offsets[i + 1]; ++row)
            REQUIRE(starts.case_of(row) == i);
    }
    for (std::uint32_t first = 0; first <= cases; first += 7) {
        const std::uint32_t count = std::min<std::uint32_t>(100, cases - first);
        std::vector<std::uint32_t> some(count + 1);
        starts.read(first, count, some.data());
        REQUIRE(std::equal(some.begin(), some.end(), offsets.begin() + first));
    }
}

}  // namespace

TEST_CASE("case starts in a byte a case are what they were made from") {
    std::mt19937 random(1);
    for (const std::uint32_t cases : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 1000u}) {
        for (const std::uint32_t most : {1u, 3u, 256u}) {
            CAPTURE(cases, most);
            std::vector<std::uint32_t> rows(cases);
            for (std::uint32_t& each : rows) each = static_cast<std::uint32_t>(random()) % most;
            const auto offsets = offsets_of(rows);
            std::vector<std::uint32_t> blocks(CaseStarts::blocks_of(cases));
            std::vector<std::uint8_t> counts(cases);
            REQUIRE(CaseStarts::pack(offsets, blocks.data(), counts.data()));
            check(CaseStarts(blocks, counts), offsets);
            check(CaseStarts(offsets), offsets);
        }
    }
}

TEST_CASE("a case of 256 rows does not fit a byte") {
    std::vector<std::uint32_t> blocks(1);
    std::vector<std::uint8_t> counts(2);
    CHECK(CaseStarts::pack(offsets_of({1, 255}), blocks.data(), counts.data()));
    CHECK_FALSE(CaseStarts::pack(offsets_of({256, 1}), blocks.data(), counts.data()));
    CHECK(CaseStarts().empty());
}
