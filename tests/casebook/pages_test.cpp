#include "casebook/pages.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

using namespace caseaudit::casebook;

namespace {

constexpr std::size_t page = 4096, large = 256 * page;

// Drops so many bytes of memory, each of which was `byte`.
void drop_filled(std::size_t bytes, std::uint8_t byte) {
    Pages pages(bytes);
    std::fill_n(pages.as<std::uint8_t>(), bytes, byte);
}

class Mapping {
  public:
    explicit Mapping(std::size_t bytes)
        : bytes_(bytes),
          data_(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() { munmap(data_, bytes_); }
    std::uint8_t* data() { return static_cast<std::uint8_t*>(data_); }
    std::uint8_t* end() { return data() + bytes_; }

  private:
    std::size_t bytes_;
    void* data_;
};

// Memory that somebody else mapped where pages had just been moved away.
class OthersMemory {
  public:
    void map_at(void* place, std::size_t bytes) {
        if (mmap(place, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
                 0) != place)
            return;
        const std::lock_guard lock(mutex_);
        ranges_.push_back({place, bytes});
    }
    std::size_t count() {
        const std::lock_guard lock(mutex_);
        return ranges_.size();
    }
    bool is_all_there() {
        const std::lock_guard lock(mutex_);
        return std::ranges::all_of(ranges_, [](const Range& range) {
            std::vector<unsigned char> resident(range.bytes / page);
            return mincore(range.data, range.bytes, resident.data()) ==
                   0;  // fails where anything is unmapped
        });
    }

  private:
    struct Range {
        void* data;
        std::size_t bytes;
    };
    std::mutex mutex_;  // of what follows
    std::vector<Range> ranges_;
};

OthersMemory& others_memory() {
    static OthersMemory& memory = *new OthersMemory;
    return memory;
}

}  // namespace

// Stands before the C library's, and is as quick to use what a move leaves free as another thread can be.
extern "C" void* mremap(void* from, std::size_t bytes, std::size_t new_bytes, int flags, ...) noexcept {
    va_list rest;
    va_start(rest, flags);
    void* const to = (flags & MREMAP_FIXED) != 0 ? va_arg(rest, void*) : nullptr;
    va_end(rest);
    auto* const moved = reinterpret_cast<void*>(syscall(SYS_mremap, from, bytes, new_bytes, flags, to));
    if (moved != MAP_FAILED && to != nullptr) others_memory().map_at(from, bytes);
    return moved;
}

TEST_CASE("Pages are zero-filled, whatever was dropped before") {
    for (const std::size_t bytes : {std::size_t{100}, 16 * page, large, large + 1, 5 * large - 7}) {
        drop_filled(bytes, 0xAB);
        Pages pages(bytes);
        CHECK(std::all_of(pages.as<std::uint8_t>(), pages.as<std::uint8_t>() + bytes,
                          [](std::uint8_t byte) { return byte == 0; }));
        std::fill_n(pages.as<std::uint8_t>(), bytes, std::uint8_t{1});
        pages.grow(bytes + large);
        const auto* const data = pages.as<std::uint8_t>();
        CHECK(std::all_of(data, data + bytes, [](std::uint8_t byte) { return byte == 1; }));
        CHECK(std::all_of(data + bytes, data + pages.bytes(), [](std::uint8_t byte) { return byte == 0; }));
    }
    give_back_pages();
    CHECK(others_memory().is_all_there());
}

TEST_CASE("Dropped pages are moved to where others are wanted, and nothing beside them changes") {
    Mapping mapping(4 * large);
    std::fill(mapping.data(), mapping.end(), std::uint8_t{7});
    std::uint8_t* const from = mapping.data() + 100;  // whole pages from the second page on
    std::uint8_t* const to = mapping.data() + 3 * large + 50;
    const Pages in_use(8 * large);  // a part of what is in use is kept, no more
    give_back_pages();
    drop_filled(large, 0xAB);
    supply_pages(from, static_cast<std::size_t>(to - from));
    CHECK(std::all_of(mapping.data(), mapping.data() + page, [](std::uint8_t byte) { return byte == 7; }));
    CHECK(std::all_of(mapping.data() + page, mapping.data() + page + large,
                      [](std::uint8_t byte) { return byte != 7 && byte != 0; }));
    CHECK(others_memory().count() > 0);
    CHECK(std::all_of(mapping.data() + page + large, mapping.end(),
                      [](std::uint8_t byte) { return byte == 7; }));
    std::fill(mapping.data(), mapping.end(), std::uint8_t{9});
    CHECK(std::all_of(mapping.data(), mapping.end(), [](std::uint8_t byte) { return byte == 9; }));

    drop_filled(large, 0xAB);
    give_back_pages();
    supply_pages(from, static_cast<std::size_t>(to - from));
    CHECK(std::all_of(mapping.data(), mapping.end(), [](std::uint8_t byte) { return byte == 9; }));
}

TEST_CASE("Large vectors made of moved pages can be dropped and made again") {
    for (int round = 0; round < 20; ++round) {
        drop_filled(large, 0xAB);
        LargeVector<std::uint32_t> some(large, 5), more(large * 2, 6);
        more.resize(large * 3, 8);
        CHECK(std::all_of(some.begin(), some.end(), [](std::uint32_t number) { return number == 5; }));
        CHECK(std::all_of(more.begin(), more.begin() + large * 2,
                          [](std::uint32_t number) { return number == 6; }));
        CHECK(std::all_of(more.begin() + large * 2, more.end(),
                          [](std::uint32_t number) { return number == 8; }));
    }
    give_back_pages();
    CHECK(others_memory().is_all_there());
}

TEST_CASE("A vector that is given back keeps no memory") {
    LargeVector<std::uint32_t> vector(large, 5);
    give_back(vector);
    CHECK(vector.capacity() == 0);
}

TEST_CASE("Threads drop pages and make vectors of them at the same time") {
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (std::uint8_t number = 1; number <= 4; ++number)
        threads.emplace_back([number, &wrong] {
            for (int round = 0; round < 50; ++round) {
                drop_filled(large + number * page, number);
                LargeVector<std::uint32_t> vector(large / 2, number);
                for (const std::uint32_t value : vector) wrong += value != number;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
    give_back_pages();
    CHECK(others_memory().is_all_there());
}
