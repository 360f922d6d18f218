#include "platform/sealed_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

using namespace caseaudit::platform;

TEST_CASE("Sealed memory keeps what was written, at the same address") {
    auto memory = SealedMemory::create(100'000);
    REQUIRE(memory);
    CHECK(memory->span().size() == 100'000);
    CHECK(memory->data()[99'999] == std::byte{0});
    std::memset(memory->data(), 7, 100'000);
    const std::byte* address = memory->data();
    REQUIRE(memory->seal(5'000).empty());
    CHECK(memory->sealed());
    CHECK(memory->data() == nullptr);
    CHECK(memory->span().data() == address);
    CHECK(memory->span().size() == 5'000);
    CHECK(memory->span()[4'999] == std::byte{7});
    CHECK(memory->seal().empty());
}

TEST_CASE("No handle to sealed memory can change it") {
    auto memory = SealedMemory::create(10'000);
    REQUIRE(memory);
    memory->data()[0] = std::byte{42};
    REQUIRE(memory->seal().empty());
    CHECK(memory->descriptor() == -1);
    const std::byte* address = memory->span().data();
    REQUIRE(memory->share().empty());
    REQUIRE(memory->descriptor() >= 0);
    CHECK(memory->share().empty());
    CHECK(memory->span().data() == address);
    CHECK(memory->span()[0] == std::byte{42});
    CHECK(::write(memory->descriptor(), "x", 1) == -1);
    CHECK(::ftruncate(memory->descriptor(), 0) == -1);
    CHECK(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory->descriptor(), 0) == MAP_FAILED);
    void* other = ::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, memory->descriptor(), 0);
    REQUIRE(other != MAP_FAILED);
    CHECK(static_cast<const std::byte*>(other)[0] == std::byte{42});
    ::munmap(other, 4096);
}

TEST_CASE("Large sealed memory is shared whole") {
    constexpr std::size_t size = (std::size_t{5} << 20) + 123;
    auto memory = SealedMemory::create(size * 100);
    REQUIRE(memory);
    for (std::size_t i = 0; i < size; i += 4096) memory->data()[i] = static_cast<std::byte>(i >> 12);
    REQUIRE(memory->seal(size).empty());
    REQUIRE(memory->share().empty());
    bool same = true;
    for (std::size_t i = 0; i < size; i += 4096) same &= memory->span()[i] == static_cast<std::byte>(i >> 12);
    CHECK(same);
}

TEST_CASE("Sealed memory may be empty, and moves") {
    auto memory = SealedMemory::create(0);
    REQUIRE(memory);
    SealedMemory moved = std::move(*memory);
    CHECK(moved.seal().empty());
    CHECK(moved.span().empty());
    moved = SealedMemory();
    CHECK(moved.span().data() == nullptr);
}
