// What is known of a plugin without any of its code in this process.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sandbox/trial.h"

using namespace caseaudit;
using namespace caseaudit::sandbox;

namespace {

std::string problem(const std::string& path, const std::string& worker = CASEAUDIT_WORKER) {
    const auto described = describe(path, worker);
    REQUIRE_FALSE(described.ok());
    return described.errors().front().code + ": " + described.errors().front().message;
}

}  // namespace

TEST_CASE("a plugin is described by a process of its own") {
    NEEDS_A_SANDBOX();
    const auto described = describe(CASEAUDIT_HOSTILE_PLUGIN, CASEAUDIT_WORKER);
    REQUIRE(described.ok());
    CHECK(described->name == "hostile");
    CHECK(described->version == "1.0");
    CHECK(described->description == "\\x1b[2JHarmless.");
    CHECK(described->abi_major == CASEAUDIT_ABI_MAJOR);
    CHECK(described->abi_minor == CASEAUDIT_ABI_MINOR);
    CHECK(described->sha256.size() == 64);
    REQUIRE(described->checks.size() == 1);
    const auto& check = described->checks[0];
    CHECK(check.name == "acts");
    REQUIRE(check.parameters.size() == 2);
    CHECK(check.parameters[0].name == "on");
    CHECK(check.parameters[0].required);
    CHECK(check.parameters[0].type == CASEAUDIT_BOOLEAN);
    REQUIRE(check.evidence.size() == 1);
    CHECK(check.evidence[0].name == "what");
}

TEST_CASE("what does not survive the question, or is no plugin, is told") {
    NEEDS_A_SANDBOX();
    CHECK(problem(HostilePlugins::path("table-crashes")) ==
          "plugin.broke: the plugin was ended by signal 11 (Segmentation fault) while it was loaded");
    CHECK(problem(HostilePlugins::path("constructor-connects")) ==
          "plugin.broke: the plugin called socket, which a sandboxed plugin may not, and was ended while it "
          "was loaded");
    CHECK(problem("/nowhere/nothing.so") == "plugin.not-found: there is no such plugin file");
    CHECK(problem("nothing.so") == "plugin.relative-path: a plugin is opened by its absolute path only");
    CHECK(
        problem(CASEAUDIT_WORKER).starts_with("plugin.not-a-library: cannot be opened as a shared library"));
}

TEST_CASE("without its worker program a plugin does not run") {
    CHECK(problem(CASEAUDIT_HOSTILE_PLUGIN, "/nowhere/caseaudit-worker") ==
          "process.start: cannot start /nowhere/caseaudit-worker: No such file or directory");
}

TEST_CASE("what is loaded is what was hashed, whatever becomes of the file") {
    const auto path =
        std::filesystem::temp_directory_path() / ("plugin-" + std::to_string(::getpid()) + ".so");
    std::ofstream(path) << "first";
    auto file = plugin::PluginFile::open(path.string());
    std::ofstream(path) << "other";
    std::filesystem::remove(path);
    REQUIRE(file.ok());
    char bytes[6] = {};
    CHECK(::pread(file->descriptor(), bytes, 5, 0) == 5);
    CHECK(std::string(bytes) == "first");
    CHECK(file->sha256() == "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
    CHECK(::pwrite(file->descriptor(), "x", 1, 0) == -1);
    CHECK(::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED, file->descriptor(), 0) == MAP_FAILED);
}
