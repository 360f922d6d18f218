#include "cli/pack_datasets.h"

#include "platform/files.h"

namespace caseaudit::cli {
namespace {

bool same_bytes(const std::string& one, const std::string& other) {
    if (one == other) return true;
    constexpr std::uint64_t most = std::uint64_t{64} << 20;
    const auto left = platform::read_whole(platform::system_files(), one, most);
    const auto right = platform::read_whole(platform::system_files(), other, most);
    return left && right && *left == *right;
}

}  // namespace

Diagnostics refuse_other_datasets(const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs) {
    Diagnostics errors;
    const auto& first = *packs.front();
    for (const auto& pack : packs) {
        const bool same_id = pack->dataset.id == first.dataset.id;
        if (same_id && same_bytes(first.dataset.file, pack->dataset.file)) continue;
        const auto how = same_id ? fmt::format("{} and {} differ", first.dataset.file, pack->dataset.file)
                                 : fmt::format("{} and {}", first.dataset.id, pack->dataset.id);
        errors.push_back({"command.datasets",
                          fmt::format("packs {} and {} are for different datasets ({})", first.pack.id,
                                      pack->pack.id, how),
                          {},
                          {},
                          "run them one by one, each over its own extract",
                          {}});
    }
    return errors;
}

}  // namespace caseaudit::cli
