#include "cli/pack_datasets.h"

#include <fstream>
#include <iterator>

namespace caseaudit::cli {
namespace {

bool same_bytes(const std::string& one, const std::string& other) {
    if (one == other) return true;
    std::ifstream left(one, std::ios::binary), right(other, std::ios::binary);
    using Bytes = std::istreambuf_iterator<char>;
    return left && right && std::equal(Bytes(left), Bytes(), Bytes(right), Bytes());
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
