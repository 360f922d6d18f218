#include "plugin/registry.h"

#include "plugin/trial.h"

using namespace caseaudit;
using namespace caseaudit::plugin;

TEST_CASE("a linked-in table is registered and its checks found by qualified name") {
    Registry registry;
    CHECK(registry.add(linked_assertion(), "tests").empty());
    REQUIRE(registry.find("assertion.holds") != nullptr);
    CHECK(registry.find("holds") == nullptr);
    CHECK(registry.plugin_of("assertion.holds")->name == "assertion");
    CHECK(registry.plugin_of("assertion.held") == nullptr);
    CHECK(registry.unknown_check("assertion.hold").hint == "did you mean 'assertion.holds'?");
}

TEST_CASE("a bundled plugin is opened from its file, with the file's digest") {
    Registry registry;
    const auto file = std::filesystem::absolute(CASEAUDIT_PLUGIN_DIR "/assertion.so").string();
    CHECK(registry.load(file).empty());
    REQUIRE(registry.plugins().size() == 1);
    CHECK(registry.plugins()[0].file == file);
    CHECK(registry.plugins()[0].sha256.size() == 64);
}
