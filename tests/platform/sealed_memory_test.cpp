#include "platform/sealed_memory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
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

TEST_CASE("Sealed memory cannot be written, not by the kernel either") {
    auto memory = SealedMemory::create(10'000);
    REQUIRE(memory);
    std::byte* const address = memory->data();
    const int zeros = ::open("/dev/zero", O_RDONLY);
    REQUIRE(zeros >= 0);
    address[9'999] = std::byte{42};
    CHECK(::read(zeros, address + 9'999, 1) == 1);
    CHECK(address[9'999] == std::byte{0});
    REQUIRE(memory->seal().empty());
    CHECK(::read(zeros, address + 9'999, 1) == -1);
    CHECK(errno == EFAULT);
    ::close(zeros);
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
