// tests/golden/csv/NAME/input.csv must give NAME/expected.txt. To see what a new input gives, run the test
// with an expected.txt that is empty.
#include <algorithm>

#include "collected.h"

using namespace caseaudit::extract;
using namespace caseaudit::extract::testing;

namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("Each golden file is read as its folder says, at any window and chunk size") {
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(CASEAUDIT_SOURCE_DIR "/tests/golden/csv"))
        folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    REQUIRE(folders.size() >= 40);
    for (const auto& folder : folders) {
        INFO(folder.filename().string());
        const std::string input = content_of(folder / "input.csv");
        const std::string expected = content_of(folder / "expected.txt");
        for (const std::size_t size : {16, 40, 100'000}) {
            CHECK(listing(collect(input, {.chunk = size, .window = size})) == expected);
        }
    }
}
