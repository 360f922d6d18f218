#include "platform/file_identity.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

using caseaudit::platform::identity_of;
namespace fs = std::filesystem;

TEST_CASE("a file is the same by every path that leads to it", "[file_identity]") {
    std::string name = (fs::temp_directory_path() / "identity-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    const fs::path folder = name;
    std::ofstream(folder / "one") << "same";
    std::ofstream(folder / "two") << "same";
    fs::create_directory(folder / "sub");
    fs::create_hard_link(folder / "one", folder / "hard");
    fs::create_symlink(folder / "one", folder / "soft");
    fs::create_directory_symlink(folder, folder / "sub" / "up");
    const auto of = [&](const char* path) { return identity_of((folder / path).string()); };
    REQUIRE(of("one"));
    for (const char* path : {"./one", "sub/../one", "hard", "soft", "sub/up/one"}) {
        CAPTURE(path);
        CHECK(of(path) == of("one"));
    }
    CHECK(of("one") != of("two"));
    CHECK(of(".") == of("sub/up"));
    // What is not there yet is told by where it would be.
    CHECK(of("none") == of("sub/up/none"));
    CHECK(of("none") != of("nought"));
    CHECK(of("none") != of("one"));
    CHECK(identity_of("identity-none") == identity_of(fs::current_path() / "identity-none"));
    CHECK_FALSE(identity_of("/dev/null"));
    fs::remove_all(folder);
}
