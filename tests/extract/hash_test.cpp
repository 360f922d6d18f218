#include "extract/hash.h"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "memory_files.h"

using namespace caseaudit;
using namespace caseaudit::extract;

namespace {

std::string numbers() {
    std::string text;
    for (int i = 1; i <= 50000; ++i) text += std::to_string(i) + '\n';
    return text;
}

struct Hashed {
    explicit Hashed(const std::string& text)
        : content(text), files(text), bytes(std::move(*files.open(""))) {}
    void pass(std::uint64_t from, std::uint64_t to) {
        hash.pass(from, std::span(content).subspan(from, to - from));
    }
    std::string content;
    testing::MemoryFiles files;
    ByteSource bytes;
    RunningHash hash{bytes};
};

}  // namespace

TEST_CASE("what comes by in order is not read again") {
    const std::string text = numbers();
    Hashed hashed(text);
    const std::string expected = *sha256(hashed.bytes);
    hashed.files.broken_from = 100;  // no more than this may be read
    hashed.hash.catch_up(100);
    for (std::uint64_t from = 100; from < text.size(); from += 777)
        hashed.pass(from, std::min<std::uint64_t>(from + 777, text.size()));
    CHECK(hashed.hash.reached(text.size()));
    CHECK(*hashed.hash.finish() == expected);
}

TEST_CASE("bytes that come by twice count once") {
    const std::string text = numbers();
    Hashed hashed(text);
    for (std::uint64_t from = 0; from < text.size(); from += 500)
        hashed.pass(from - from / 3 % 100, std::min<std::uint64_t>(from + 500, text.size()));
    CHECK(hashed.hash.reached(text.size()));
    CHECK(*hashed.hash.finish() == *sha256(hashed.bytes));
}

TEST_CASE("bytes that come by out of order are read again") {
    const std::string text = numbers();
    Hashed hashed(text);
    hashed.pass(0, 1000);
    hashed.pass(5000, 6000);
    hashed.pass(1000, 5000);
    hashed.pass(9000, 9500);
    CHECK(hashed.hash.reached(5000));
    CHECK_FALSE(hashed.hash.reached(5001));
    CHECK(*hashed.hash.finish() == *sha256(hashed.bytes));
}

TEST_CASE("several threads pass bytes at once") {
    const std::string text = numbers();
    Hashed hashed(text);
    const std::string expected = *sha256(hashed.bytes);
    std::vector<std::thread> threads;
    for (std::uint64_t number = 0; number < 4; ++number) {
        threads.emplace_back([&, number] {
            for (std::uint64_t from = number * 512; from + 512 <= text.size(); from += 2048)
                hashed.pass(from, from + 512);
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(*hashed.hash.finish() == expected);
}

TEST_CASE("a file that cannot be read has no hash") {
    Hashed hashed(numbers());
    hashed.files.broken_from = 1000;
    hashed.pass(0, 500);
    const auto digest = hashed.hash.finish();
    REQUIRE_FALSE(digest);
    CHECK(digest.errors().front().code == "file.read");
}

TEST_CASE("the hash is that of sha256sum") {
    Hashed hashed(numbers());
    // From `seq 1 50000 | sha256sum`.
    CHECK(*sha256(hashed.bytes) == "44969d026ed4164dbe77d48d4d359e98ac4057008cafd61723be72bff83e5fd4");
}

TEST_CASE("two digests added to in turns are those of each alone") {
    const std::string text = numbers();
    const std::span<const char> all(text);
    for (const std::size_t before : {0ul, 1ul, 63ul, 64ul, 100ul}) {
        for (const std::size_t a : {0ul, 1ul, 27ul, 28ul, 64ul, 127ul, 128ul, 129ul, 640ul, 5000ul}) {
            for (const std::size_t b : {0ul, 63ul, 128ul, 1000ul, 5001ul}) {
                crypto::Sha256 one, other, expected_one, expected_other;
                one.add(all.first(before));
                crypto::add_in_turns(one, all.subspan(before, a), other, all.subspan(7, b));
                crypto::add_in_turns(one, all.subspan(100, b), other, all.subspan(9, a));
                expected_one.add(all.first(before + a));
                expected_one.add(all.subspan(100, b));
                expected_other.add(all.subspan(7, b));
                expected_other.add(all.subspan(9, a));
                CHECK(one.hexadecimal() == expected_one.hexadecimal());
                CHECK(other.hexadecimal() == expected_other.hexadecimal());
            }
        }
    }
}

TEST_CASE("two files come by together, each in its own order") {
    const std::string text = numbers();
    Hashed a(text), b(text.substr(0, text.size() / 2));
    const std::uint64_t end = b.content.size();
    for (std::uint64_t from = 0; from < end; from += 1000) {
        const std::uint64_t length = std::min<std::uint64_t>(1000, end - from);
        const std::uint64_t ahead = from % 7000 == 0 ? 300 : 0;  // not all that came before has come by
        RunningHash::pass_both(
            {&a.hash, from, std::span(a.content).subspan(from, length)},
            {&b.hash, from + ahead, std::span(b.content).subspan(from + ahead, length - ahead)});
    }
    CHECK(a.hash.reached(end));
    CHECK_FALSE(a.hash.reached(end + 1));
    CHECK_FALSE(b.hash.reached(1));
    CHECK(*a.hash.finish() == *sha256(a.bytes));
    CHECK(*b.hash.finish() == *sha256(b.bytes));
}
