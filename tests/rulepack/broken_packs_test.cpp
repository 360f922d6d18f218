// Every folder of tests/golden/packs is a pack that must be refused, with the text in its expected.txt.
// CASEAUDIT_UPDATE_GOLDEN=1 rewrites those texts: read the difference before committing it.
#include <cstdlib>
#include <sstream>

#include "rulepack/pack.h"

namespace fs = std::filesystem;
using namespace caseaudit;

namespace {

const std::string corpus = "tests/golden/packs";  // relative, so that the texts do not name this machine

std::string read_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// NAME=VALUE lines, as after --set.
std::map<std::string, std::string> settings(const fs::path& path) {
    std::map<std::string, std::string> set;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::size_t equals = line.find('=');
        set[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return set;
}

std::string diagnose(const fs::path& folder) {
    rulepack::LoadOptions options;
    options.examples = true;
    options.set = settings(folder / "set.txt");
    const auto loaded = rulepack::load(folder.string(), {{corpus}}, options);
    if (loaded) return "";
    std::string text;
    for (const Diagnostic& error : loaded.errors())
        text += fmt::format("[{}] {}\n", error.code, render(error));
    return text;
}

std::vector<fs::path> broken_packs() {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(corpus)) {
        const std::string name = entry.path().filename().string();
        if (name != "datasets" && name != "calendars") folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

}  // namespace

TEST_CASE("each broken pack is refused with the text that its author should see") {
    fs::current_path(CASEAUDIT_SOURCE_DIR);
    const bool update = std::getenv("CASEAUDIT_UPDATE_GOLDEN") != nullptr;
    const auto folders = broken_packs();
    REQUIRE(folders.size() >= 40);
    for (const fs::path& folder : folders) {
        const std::string text = diagnose(folder);
        INFO(folder.string());
        CHECK_FALSE(text.empty());
        if (update) std::ofstream(folder / "expected.txt", std::ios::binary) << text;
        CHECK(text == read_text(folder / "expected.txt"));
    }
}

TEST_CASE("errors come in the order of their places and are the same every time") {
    fs::current_path(CASEAUDIT_SOURCE_DIR);
    const auto first = rulepack::load(corpus + "/many-errors", {{corpus}}, {});
    REQUIRE_FALSE(first);
    const auto before = [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) <
               std::tie(b.place.file, b.place.line, b.place.column);
    };
    CHECK(std::is_sorted(first.errors().begin(), first.errors().end(), before));
    for (int i = 0; i < 20; ++i) {
        const auto again = rulepack::load(corpus + "/many-errors", {{corpus}}, {});
        REQUIRE_FALSE(again);
        REQUIRE(again.errors().size() == first.errors().size());
        for (std::size_t k = 0; k < first.errors().size(); ++k)
            CHECK(again.errors()[k].message == first.errors()[k].message);
    }
}
