// The reference of the bundled checks in docs/plugins.md is what their tables say.
#include "plugin/reference.h"

#include "plugin/trial.h"

using namespace caseaudit::plugin;

namespace {
std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
}  // namespace

TEST_CASE("the guide's reference is made from the tables") {
    std::string expected;
    for (const auto* table : {linked_assertion(), linked_completeness(), linked_uniqueness(),
                              linked_validity(), linked_consistency(), linked_timeliness()})
        expected += reference(*table);
    // What the page should hold, to be copied into it.
    std::ofstream(CASEAUDIT_BINARY_DIR "/plugin_reference.md", std::ios::binary) << expected;
    const auto page = read(CASEAUDIT_SOURCE_DIR "/docs/plugins.md");
    const std::string begin = "<!-- checks -->\n", end = "<!-- end of checks -->";
    const auto from = page.find(begin), to = page.find(end);
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    INFO("copy plugin_reference.md from the build folder into the page");
    const bool same = page.substr(from + begin.size(), to - from - begin.size()) == expected;
    CHECK(same);
}

TEST_CASE("the guide shows the files of the example as they are") {
    const auto page = read(CASEAUDIT_SOURCE_DIR "/docs/plugins.md");
    for (const char* file :
         {"examples/authority-plugin/CMakeLists.txt", "examples/authority-plugin/authority.cpp",
          "examples/authority-plugin/pack/pack.yaml", "examples/authority-plugin/pack/disputes.yaml"}) {
        const auto text = read(std::string(CASEAUDIT_SOURCE_DIR "/") + file);
        REQUIRE_FALSE(text.empty());
        CHECK(page.find("\n" + text + "```") != std::string::npos);
    }
}
