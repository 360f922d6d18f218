// The pack of a collection year: a pack may name one for each year that it covers.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

// A year of four digits: the one in which a collection ends.
std::optional<int> collection_year(std::string_view text);

// The pack that `pack` names for the year. Errors: the text is no year, no pack covers it, or the pack
// cannot be loaded.
Result<LoadedPack> load_collection(const Pack& pack, const std::string& year, const SearchPath& path,
                                   const LoadOptions& options);

// `other`, a pack that names none for years, judges the collection that `chosen` is for: its first and last
// day.
void judge_same_collection(const Pack& chosen, Pack& other);

}  // namespace caseaudit::rulepack
