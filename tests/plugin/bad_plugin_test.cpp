// What is said of plugins that are wrong. The texts are what a person gets to read: they name the file, the
// cause and the remedy.
#include <unistd.h>

#include <filesystem>

#include "plugin/registry.h"
#include "plugin/trial.h"

using namespace caseaudit;
using namespace caseaudit::plugin;

namespace {

const std::string folder = CASEAUDIT_BAD_PLUGIN_DIR "/";

// "code: message [hint]" of the one thing that is wrong with a file.
std::string refusal(Registry& registry, const std::string& path) {
    const auto problems = registry.load(path);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place.file == path);
    return problems[0].code + ": " + problems[0].message + " [" + problems[0].hint + "]";
}
std::string refusal(const std::string& path) {
    Registry registry;
    const auto text = refusal(registry, path);
    CHECK(registry.plugins().empty());
    CHECK(registry.check_names().empty());
    return text;
}

// Makes a check of a plugin's file and runs it over one row.
std::string trouble(const std::string& file, const std::string& check) {
    Registry registry;
    REQUIRE(registry.load(folder + file).empty());
    REQUIRE(registry.plugins().size() == 1);
    const auto outcome = Trial(registry.plugins()[0].table, check).cases({1}).run();
    return outcome.refused_parameter.empty() ? outcome.error
                                             : outcome.refused_parameter + ": " + outcome.error;
}

}  // namespace

TEST_CASE("a plugin for another version of the contract is refused") {
    CHECK(refusal(folder + "wrong_major.so") ==
          "plugin.wrong-major: the plugin speaks version 2 of the plugin contract, this caseaudit version 1 "
          "[rebuild the plugin against this version's caseaudit/plugin.h]");
    CHECK(refusal(folder + "newer_minor.so") ==
          "plugin.newer-minor: the plugin wants version 1.3 of the plugin contract, this caseaudit has 1.2 "
          "[update caseaudit, or rebuild the plugin against the older version]");
}

TEST_CASE("a file that is no plugin is refused") {
    CHECK(refusal(folder + "missing_symbol.so") ==
          "plugin.missing-symbol: the library does not export caseaudit_plugin_v1, so it is not a plugin of "
          "caseaudit 1 [end the plugin's source with CASEAUDIT_PLUGIN(…), or build it for this version]");
    CHECK(
        refusal(folder + "text.so") ==
        "plugin.not-a-library: cannot be opened as a shared library: " + folder +
            "text.so: file too short [give the path of a plugin built as a shared library for this machine]");
    CHECK(refusal(folder + "nothing.so") ==
          "plugin.not-found: there is no such plugin file [check the path]");
    CHECK(refusal(CASEAUDIT_BAD_PLUGIN_DIR) == "plugin.not-found: is not a file [check the path]");
    CHECK(
        refusal("wrong_major.so") ==
        "plugin.relative-path: a plugin is opened by its absolute path only [write the whole path, from /]");
}

TEST_CASE("a plugin that cannot be linked is refused") {
    CHECK(refusal(folder + "undefined_symbol.so") ==
          "plugin.undefined-symbol: the plugin needs 'connect_to_case_system', which nothing provides [link "
          "the "
          "plugin with every library it uses (-Wl,-z,defs finds this when it is built)]");
    CHECK(
        refusal(folder + "missing_library.so") ==
        "plugin.missing-library: a library that the plugin needs is not there: libbad_needed.so: cannot open "
        "shared object file: No such file or directory [install it, or link it into the plugin]");
}

TEST_CASE("a plugin without a proper table is refused") {
    CHECK(refusal(folder + "null_table.so") ==
          "plugin.malformed: caseaudit_plugin_v1 returned no table [correct the plugin's table]");
    CHECK(refusal(folder + "short_table.so") ==
          "plugin.malformed: the plugin's table is 40 bytes, version 1.2 has 56 [rebuild the plugin against "
          "this "
          "version's caseaudit/plugin.h]");
    CHECK(refusal(folder + "throwing_entry.so") ==
          "plugin.threw: caseaudit_plugin_v1 threw an exception: no licence on this machine "
          "[caseaudit_plugin_v1 may only return the plugin's table]");
}

TEST_CASE("two plugins with the same check: the second is refused, and both files are named") {
    Registry registry;
    CHECK(registry.load(folder + "twin_one.so").empty());
    CHECK(refusal(registry, folder + "twin_two.so") ==
          "plugin.duplicate-check: the check twin.same is already "
          "provided by " +
              folder + "twin_one.so [load only one of the two files]");
    CHECK(registry.plugins().size() == 1);
    CHECK(registry.plugin_of("twin.same")->file == folder + "twin_one.so");
}

TEST_CASE("a plugin that is given twice is refused as that, whatever its file is called") {
    Registry registry;
    CHECK(registry.load(folder + "guarded.so").empty());
    CHECK(refusal(registry, folder + "guarded.so") ==
          "plugin.duplicate: the plugin 'guarded' is given twice [give it once]");
    const auto copy = std::filesystem::temp_directory_path() / fmt::format("guarded-{}.so", ::getpid());
    std::filesystem::copy_file(folder + "guarded.so", copy);
    CHECK(refusal(registry, copy.string()) ==
          "plugin.duplicate: the same plugin 'guarded' is already loaded from " + folder +
              "guarded.so [give it once]");
    std::filesystem::remove(copy);
    CHECK(registry.plugins().size() == 1);
}

TEST_CASE("two plugins of one name with different checks: the second is refused") {
    Registry registry;
    CHECK(registry.load(folder + "twin_one.so").empty());
    auto other = *linked_assertion();
    other.name = "twin";
    const auto problems = registry.add(&other, "tests");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "plugin.duplicate");
    CHECK(problems[0].message == "a plugin named 'twin' is already loaded from " + folder + "twin_one.so");
}

TEST_CASE("a folder's good plugins are loaded and all of its bad ones reported") {
    Registry registry;
    const auto problems = registry.load_folder(CASEAUDIT_BAD_PLUGIN_DIR);
    CHECK(problems.size() == 10);
    CHECK(registry.check_names().size() == 5 + 6 + 1);
    CHECK(Registry().load_folder(folder + "nowhere").empty());
}

TEST_CASE("what leaves a function of a plugin's table is caught and told") {
    CHECK(trouble("throwing.so", "in-create") ==
          "the check's create threw an exception: the list of teams is not there");
    CHECK(trouble("throwing.so", "oddly") == "the check's create threw an exception of unknown type");
    CHECK(trouble("throwing.so", "silently") == "it gave no reason");
    CHECK(trouble("throwing.so", "in-run") == "the check's run threw an exception: a row too far");
    CHECK(trouble("throwing.so", "fails-silently") == "the check could not judge: it gave no reason");
    CHECK(trouble("throwing.so", "in-destroy") ==
          "the check's destroy threw an exception: the log file is full");
}

TEST_CASE("what a check written with the SDK throws becomes a refusal") {
    CHECK(trouble("guarded.so", "in-constructor") == "the list of teams is not there");
    CHECK(trouble("guarded.so", "in-judge") == "the check could not judge: a row too far");
    CHECK(trouble("guarded.so", "oddly") ==
          "the check could not judge: an exception of unknown type was thrown");
    CHECK(trouble("guarded.so", "refuses") == "teams: is not known in rule rule");
}

TEST_CASE("a throwing destructor is contained when a check is simply dropped") {
    Registry registry;
    REQUIRE(registry.load(folder + "throwing.so").empty());
    CompiledCheck::Refusal refused;
    const auto& check = *registry.find("throwing.in-destroy");
    ArgumentSet arguments(check);
    CHECK(CompiledCheck::create(check, england_and_wales(), arguments.configuration("p", "r", 0), refused)
              .ok());
}
