#include "rulepack/optional_tables.h"

namespace caseaudit::rulepack {

std::vector<std::string> alternatives_of(std::string_view entry) {
    constexpr std::string_view between = " or ";
    std::vector<std::string> parts;
    for (auto end = entry.find(between); end != entry.npos; end = entry.find(between)) {
        parts.emplace_back(entry.substr(0, end));
        entry.remove_prefix(end + between.size());
    }
    parts.emplace_back(entry);
    return parts;
}

}  // namespace caseaudit::rulepack
