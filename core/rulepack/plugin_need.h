// The plugins that a pack says it needs: which versions, and what each may use.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::rulepack {

// What a sandboxed plugin may use, as far as somebody says so.
struct PluginLimits {
    std::optional<double> seconds;        // for one record, or the rows of one case together
    std::optional<double> megabytes;      // of each of its processes
    std::optional<std::uint32_t> breaks;  // crashes and hangs until it is quarantined
};

struct PluginNeed {
    std::string name, version;  // version: a condition, as requires_engine is one
    PluginLimits limits;
    Place place, version_place;
    std::string pack, folder;  // id and folder of the pack that says so
};

// "2 s", "500 ms", "1.5 min"; "512 MB", "2 GB". Above 0 and at most an hour, or a terabyte; else nothing.
std::optional<double> parse_seconds(std::string_view text);
std::optional<double> parse_megabytes(std::string_view text);

}  // namespace caseaudit::rulepack
