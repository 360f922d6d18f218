// Every instruction set that the program is built for and this machine has must find the same cells.
#include "extract/field_index.h"

#include <hwy/targets.h>

#include <random>

using namespace caseaudit::extract;

namespace {

// Well quoted, as index_fields() asks for; ends outside quotes.
std::string random_text(std::mt19937& random, bool dense) {
    std::string text;
    for (std::size_t i = random() % 150; i > 0; --i) {
        const auto kind = random() % 8;
        if (kind == 0) {
            text += "\"a,\"\"b\"\"\r\n;\"";
            text += random() % 2 == 0 ? ";" : "\r";
        } else if (kind < 3) {
            text += random() % 2 == 0 ? "\n" : "\r\n";
        } else if (dense) {
            text += std::string(random() % 80, ';');
        } else {
            text += std::string(random() % 40, 'x') + ";";
        }
    }
    return text;
}

struct Bounds {
    std::vector<std::uint32_t> starts, ends;
    explicit Bounds(std::size_t length) : starts(length + scan_margin), ends(length + scan_margin) {}
    CellBounds bounds() { return {starts.data(), ends.data()}; }
    void keep(std::size_t cells) {
        starts.resize(cells + 1);
        ends.resize(cells);
    }
};

void check_same(const std::string& text) {
    std::string padded = text + std::string(scan_margin, '\0');
    Bounds found(text.size()), expected(text.size());
    const FieldIndex a = index_fields(padded.data(), text.size(), ';', true, found.bounds());
    const FieldIndex b = index_fields_strictly(padded.data(), text.size(), ';', expected.bounds());
    REQUIRE(a.cells == b.cells);
    REQUIRE(a.terminators == b.terminators);
    REQUIRE(a.quotes == b.quotes);
    REQUIRE(a.breaks_in_quotes == b.breaks_in_quotes);
    found.keep(a.cells);
    expected.keep(b.cells);
    REQUIRE(found.starts == expected.starts);
    REQUIRE(found.ends == expected.ends);
}

}  // namespace

TEST_CASE("All instruction sets find the same cells") {
    const auto targets = hwy::SupportedAndGeneratedTargets();
    REQUIRE(!targets.empty());
    for (const auto target : targets) {
        CAPTURE(hwy::TargetName(target));
        hwy::SetSupportedTargetsForTest(target);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
        std::mt19937 random(1);
        for (int i = 0; i < 2'000; ++i) check_same(random_text(random, i % 3 == 0));
    }
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
}

TEST_CASE("A doubled quote is noticed, also where 64 bytes end between the two") {
    for (std::size_t length = 55; length < 75; ++length) {
        const std::string filling(length, 'x');
        const std::string margin(scan_margin, '\0');
        std::string text = fmt::format("\"{}\"\"y\"\n{}", filling, margin);
        Bounds cells(text.size());
        CHECK(index_fields(text.data(), length + 6, ',', false, cells.bounds()).doubled_quotes);
        text = fmt::format("\"{}\",\"\"\n{}", filling, margin);
        CHECK_FALSE(index_fields(text.data(), length + 6, ',', false, cells.bounds()).doubled_quotes);
    }
}
