#include "platform/files.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "platform/process.h"

using namespace caseaudit;
using namespace caseaudit::platform;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("caseaudit-platform-" + std::to_string(::getpid()));
    Folder() {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    std::string operator/(const std::string& name) const { return (path / name).string(); }
};

void put(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

std::string content_of(const std::string& path) {
    auto content = read_whole(system_files(), path);
    REQUIRE(content);
    return *content;
}

}  // namespace

TEST_CASE("A file is read at any offset, and short only at its end") {
    Folder folder;
    put(folder / "a", "0123456789");
    const auto file = system_files().open(folder / "a");
    REQUIRE(file);
    CHECK((*file)->size() == 10);
    std::string four(4, ' ');
    CHECK(*(*file)->read_at(3, four) == 4);
    CHECK(four == "3456");
    CHECK(*(*file)->read_at(8, four) == 2);
    CHECK(*(*file)->read_at(10, four) == 0);
}

TEST_CASE("A file that is written to while it is open says so") {
    Folder folder;
    put(folder / "a", "0123456789");
    const auto file = system_files().open(folder / "a");
    REQUIRE(file);
    CHECK_FALSE((*file)->changed());
    SECTION("and is longer") {
        std::ofstream(folder / "a", std::ios::app) << "x";
    }
    SECTION("and is as long as it was") {
        // Whatever the grain of the file system's clock.
        fs::last_write_time(folder / "a", fs::last_write_time(folder / "a") + std::chrono::seconds(2));
    }
    CHECK((*file)->changed());
}

TEST_CASE("What is no regular file is refused without waiting") {
    Folder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(system_files().open(folder / "pipe").errors().front().code == "file.open");
    CHECK(system_files().open("/dev/zero").errors().front().message == "is a device or a pipe, not a file");
    CHECK(system_files().open(folder.path.string()).errors().front().message == "is a folder, not a file");
    CHECK(system_files().open(folder / "none").errors().front().message ==
          "cannot open: No such file or directory");
}

TEST_CASE("A folder is listed by name, links as what they lead to") {
    Folder folder;
    put(folder / "b", "");
    fs::create_directory(folder / "a");
    fs::create_symlink("b", folder / "c");
    fs::create_symlink("nowhere", folder / "d");
    const auto entries = system_files().list(folder.path.string());
    REQUIRE(entries);
    REQUIRE(entries->size() == 4);
    CHECK((*entries)[0].name == "a");
    CHECK((*entries)[0].kind == Kind::folder);
    CHECK((*entries)[1].kind == Kind::file);
    CHECK((*entries)[2].kind == Kind::file);
    CHECK((*entries)[3].kind == Kind::absent);
    CHECK(system_files().list(folder / "none").errors().front().code == "file.list");
}

TEST_CASE("A file beyond the limit is not read") {
    Folder folder;
    put(folder / "a", "12345");
    CHECK(read_whole(system_files(), folder / "a", 5));
    CHECK(read_whole(system_files(), folder / "a", 4).errors().front().code == "file.too-large");
}

TEST_CASE("A new file shows only when it is committed") {
    Folder folder;
    put(folder / "a", "old");
    {
        auto file = NewFile::create(folder / "a");
        REQUIRE(file);
        CHECK(file->append("half").empty());
    }
    CHECK(content_of(folder / "a") == "old");
    auto file = NewFile::create(folder / "a");
    REQUIRE(file);
    CHECK(file->append("ne").empty());
    CHECK(file->append("w").empty());
    CHECK(content_of(folder / "a") == "old");
    CHECK(file->commit().empty());
    CHECK(content_of(folder / "a") == "new");
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}

TEST_CASE("A new file is for its owner alone, whatever it replaces") {
    Folder folder;
    put(folder / "a", "old");
    fs::permissions(folder / "a", fs::perms(0666));
    for (const auto temporary : {Temporary::nameless, Temporary::named}) {
        for (const auto* name : {"a", "b"}) {
            fs::remove(folder / "b");
            auto file = NewFile::create(folder / name, Existing::replaced, temporary);
            REQUIRE(file);
            CHECK(file->append("new").empty());
            CHECK(file->commit().empty());
            CHECK(content_of(folder / name) == "new");
            CHECK(fs::status(folder / name).permissions() == fs::perms(0600));
        }
    }
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 2);
}

TEST_CASE("A file that is to be kept is, even one that comes in between") {
    Folder folder;
    for (const auto temporary : {Temporary::nameless, Temporary::named}) {
        auto file = NewFile::create(folder / "a", Existing::kept, temporary);
        REQUIRE(file);
        CHECK(file->append("new").empty());
        put(folder / "a", "old");
        CHECK(file->commit().front().message == "cannot write: File exists");
        CHECK(content_of(folder / "a") == "old");
        CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
        CHECK_FALSE(NewFile::create(folder / "a", Existing::kept, temporary));
        fs::remove(folder / "a");
        auto again = NewFile::create(folder / "a", Existing::kept, temporary);
        REQUIRE(again);
        CHECK(again->commit().empty());
        CHECK(fs::exists(folder / "a"));
        fs::remove(folder / "a");
    }
}

TEST_CASE("A signal that ends the process takes temporary files with it") {
    for (const auto temporary : {Temporary::nameless, Temporary::named}) {
        Folder folder;
        const pid_t child = ::fork();
        if (child == 0) {
            auto file = NewFile::create(folder / "a", Existing::replaced, temporary);
            if (!file || !file->append("half").empty()) ::_exit(1);
            if (temporary == Temporary::named && fs::is_empty(folder.path)) ::_exit(2);
            remove_temporaries_on_signal();
            ::raise(SIGTERM);
            ::_exit(3);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status));
        CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM));
        CHECK(fs::is_empty(folder.path));
    }
}

TEST_CASE("A private file is one that nobody else may read") {
    Folder folder;
    put(folder / "a", "x");
    fs::permissions(folder / "a", fs::perms(0600));
    CHECK(check_private(folder / "a").empty());
    fs::permissions(folder / "a", fs::perms(0640));
    CHECK(check_private(folder / "a").front().code == "file.private");
    CHECK(check_private(folder / "none").front().code == "file.open");
}

TEST_CASE("A new file behind a link replaces what the link leads to") {
    Folder folder;
    put(folder / "a", "old");
    fs::create_symlink(folder / "a", folder / "link");
    auto file = NewFile::create(folder / "link");
    REQUIRE(file);
    CHECK(file->append("new").empty());
    CHECK(file->commit().empty());
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(content_of(folder / "a") == "new");
}

TEST_CASE("A device is written to and not replaced") {
    auto file = NewFile::create("/dev/null");
    REQUIRE(file);
    CHECK(file->append("x").empty());
    CHECK(file->commit().empty());
    CHECK(system_files().kind("/dev/null") == Kind::other);
}

TEST_CASE("A file that cannot be written says why") {
    Folder folder;
    CHECK(NewFile::create(folder / "none/a").errors().front().code == "file.write");
    CHECK(NewFile::create(folder.path.string()).errors().front().message == "cannot write: Is a directory");
    auto full = NewFile::create("/dev/full");
    REQUIRE(full);
    CHECK(full->append("x").front().message == "cannot write: No space left on device");
}

TEST_CASE("The program knows where it lies, and time passes") {
    CHECK(fs::path(executable_path()).filename() == "test_platform");
    const auto before = system_clock().nanoseconds();
    CHECK(system_clock().nanoseconds() >= before);
    CHECK(system_clock().today() > 20'000);
    CHECK(peak_memory() > 1'000'000);
}
