#include "rulepack/temporary_packs.h"

#include <unistd.h>

#include <atomic>

namespace fs = std::filesystem;
using namespace caseaudit;

TemporaryPacks::TemporaryPacks() {
    static std::atomic<int> count = 0;
    folder_ = fs::temp_directory_path() / fmt::format("caseaudit-packs-{}-{}", ::getpid(), count++);
    const fs::path corpus = fs::path(CASEAUDIT_SOURCE_DIR) / "tests/golden/packs";
    fs::create_directories(folder_);
    fs::copy(corpus / "datasets", folder_ / "datasets");
    fs::copy(corpus / "calendars", folder_ / "calendars");
}

TemporaryPacks::~TemporaryPacks() {
    fs::remove_all(folder_);
}

void TemporaryPacks::write(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
}

void TemporaryPacks::pack(const std::string& id, const std::string& more) const {
    write(id + "/pack.yaml",
          fmt::format("id: {}\nversion: 1.0.0\ntitle: A pack\n{}{}", id,
                      more.find("dataset:") == std::string::npos ? "dataset: small\n" : "", more));
}

Result<rulepack::LoadedPack> TemporaryPacks::load(const std::string& name,
                                                  rulepack::LoadOptions options) const {
    return rulepack::load(name, {{folder_.string()}}, options);
}

rulepack::LoadedPack TemporaryPacks::sound(const std::string& name, rulepack::LoadOptions options) const {
    auto loaded = load(name, std::move(options));
    if (!loaded) {
        std::string text;
        for (const Diagnostic& error : loaded.errors()) text += render(error) + "\n";
        FAIL(text);
    }
    return *std::move(loaded);
}

std::vector<std::string> TemporaryPacks::codes(const std::string& name, rulepack::LoadOptions options) const {
    const auto loaded = load(name, std::move(options));
    std::vector<std::string> codes;
    if (loaded) return codes;
    for (const Diagnostic& error : loaded.errors()) codes.push_back(error.code);
    return codes;
}

std::string rule(const std::string& id, const std::string& more) {
    return fmt::format(
        "  - id: \"{}\"\n    title: A rule\n    dimension: completeness\n    severity: high\n"
        "    for_each: reviews\n    message: It is so.\n{}",
        id, more);
}
