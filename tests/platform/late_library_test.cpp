#include "platform/late_library.h"

#include <unistd.h>

#include <catch2/catch.hpp>

using namespace caseaudit;

namespace {

constexpr platform::LibraryName c_library{"libc.so.6", "is always there", "libc6"};
constexpr platform::LibraryName no_library{"libcaseaudit-none.so.7", "does not exist", "none7"};

struct System : platform::LateLibrary {
    System() : LateLibrary(c_library) {}
    Function<decltype(::getppid)> parent{*this, "getppid"};
    Function<int(char*, std::size_t, const char*, ...)> print{*this, "snprintf"};
};

struct Outdated : platform::LateLibrary {
    Outdated() : LateLibrary(c_library) {}
    Function<void()> gone{*this, "caseaudit_no_such_function"};
};

struct None : platform::LateLibrary {
    None() : LateLibrary(no_library) {}
};

}  // namespace

TEST_CASE("functions of a library that is opened late are called as themselves") {
    CHECK_FALSE(platform::why_missing<System>());
    const auto& system = platform::late<System>();
    CHECK(&system == &platform::late<System>());
    CHECK(system.parent() == ::getppid());
    char text[16];
    CHECK(system.print(text, sizeof text, "%d of %d", 3, 4) == 6);
    CHECK(std::string(text) == "3 of 4");
}

TEST_CASE("a library that is missing is named, with what needs it and where to get it") {
    for (int i = 0; i < 2; ++i) {
        const auto missing = platform::why_missing<None>();
        REQUIRE(missing);
        CHECK(missing->code == "library.missing");
        CHECK(missing->message ==
              "the library libcaseaudit-none.so.7, which does not exist, cannot be opened "
              "(libcaseaudit-none.so.7: cannot open shared object file: No such file or directory)");
        CHECK(missing->hint == "install it (Debian: none7)");
    }
    CHECK_THROWS_AS(platform::late<None>(), platform::MissingLibrary);
}

TEST_CASE("a library without a function that is needed counts as missing") {
    const auto missing = platform::why_missing<Outdated>();
    REQUIRE(missing);
    CHECK(missing->message.ends_with("(it has no caseaudit_no_such_function)"));
}
