#include <algorithm>

#include "diagnostic/diagnostic.h"

namespace caseaudit {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Edits (insert, delete, replace, swap of neighbours) that turn one name into the other, case ignored;
// `limit` + 1 as soon as more are needed.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool equal = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (equal ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
    // A third of the name may be mistyped; of a name of one or two letters nothing but the case, as nearly
    // every other short name is one edit away.
    constexpr std::size_t longest = 100;
    if (name.empty() || name.size() > longest) return "";
    std::size_t limit = name.size() / 3;
    std::string best;
    for (const std::string& candidate : candidates) {
        if (candidate.empty() || candidate.size() > longest) continue;
        const std::size_t distance = edits(name, candidate, limit);
        if (distance > limit || (!best.empty() && distance == limit)) continue;
        best = candidate;
        limit = distance;
        if (distance == 0) break;
    }
    return best;
}

}  // namespace caseaudit
