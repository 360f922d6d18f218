// Each folder of tests/golden/datasets holds a broken dataset and the whole of what is said about it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dataset/dataset.h"

using namespace caseaudit;

namespace {

std::string slurp(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

std::string said_about(const std::filesystem::path& file) {
    const auto result = dataset::load(file.string());
    if (result) return "(no error)\n";
    const std::string source = slurp(file);
    std::string out;
    for (Diagnostic one : result.errors()) {
        one.place.file = "dataset.yaml";
        out += render(one, &source) + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("broken datasets are described in full") {
    // Set to write what is said as what is expected; then read the difference before it is committed.
    const bool update = std::getenv("CASEAUDIT_UPDATE_GOLDEN") != nullptr;
    int folders = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(CASEAUDIT_SOURCE_DIR "/tests/golden/datasets")) {
        ++folders;
        INFO(entry.path().filename());
        const std::string said = said_about(entry.path() / "dataset.yaml");
        CHECK(said != "(no error)\n");
        if (update) std::ofstream(entry.path() / "expected.txt", std::ios::binary) << said;
        CHECK(said == slurp(entry.path() / "expected.txt"));
    }
    CHECK(folders >= 10);
}
