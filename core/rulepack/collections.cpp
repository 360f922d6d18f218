#include "rulepack/collections.h"

#include <charconv>

#include "rulepack/find.h"

namespace caseaudit::rulepack {

std::optional<int> collection_year(std::string_view text) {
    int year = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, year);
    if (error != std::errc() || stopped != end || year < 1000 || year > 9999) return std::nullopt;
    return year;
}

Result<LoadedPack> load_collection(const Pack& pack, const std::string& year, const SearchPath& path,
                                   const LoadOptions& options) {
    const auto number = collection_year(year);
    const auto found = number ? pack.collections.find(*number) : pack.collections.end();
    if (found == pack.collections.end()) {
        std::vector<std::string> years;
        for (const auto& [covered, name] : pack.collections) years.push_back(std::to_string(covered));
        return Diagnostic{
            "pack.collection-year",
            number ? fmt::format("pack {} has no rules for the collection that ends in {}", pack.id, year)
                   : fmt::format("collection_year cannot be '{}': it is a year", year),
            {},
            year,
            fmt::format("the year in which the collection ends, one of {}", fmt::join(years, ", ")),
            {}};
    }
    const std::string folder = find_pack(found->second, pack.folder, folders_near(pack.folder, path));
    return load(folder.empty() ? found->second : folder, path, options);
}

void judge_same_collection(const Pack& chosen, Pack& other) {
    for (const char* name : {"collection_start", "collection_end"}) {
        const auto from = chosen.parameters.find(name);
        const auto to = other.parameters.find(name);
        if (from != chosen.parameters.end() && to != other.parameters.end() &&
            from->second.value.kind == to->second.value.kind)
            to->second.value = from->second.value;
    }
}

}  // namespace caseaudit::rulepack
