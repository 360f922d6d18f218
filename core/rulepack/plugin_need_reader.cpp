#include "rulepack/plugin_need_reader.h"

#include <charconv>

#include "rulepack/expression_reader.h"
#include "rulepack/grammar.h"
#include "rulepack/version.h"

namespace caseaudit::rulepack {

using yaml::Errors;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

namespace {

struct Scale {
    std::string_view unit;
    double factor;
};

// A number and one of the units, scaled; above 0 and at most `most`.
std::optional<double> parse_amount(std::string_view text, std::initializer_list<Scale> units, double most) {
    double number = 0;
    const auto read =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (read.ec != std::errc()) return {};
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    for (const auto& [unit, factor] : units)
        if (text == unit && number * factor > 0 && number * factor <= most) return number * factor;
    return {};
}

bool is_plugin_name(std::string_view name) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '-';
    });
}

PluginLimits read_limits(const Node& node, Errors& errors) {
    const Errors::Within within(errors, "limits");
    MapReader map(node, "the map of limits", errors);
    PluginLimits limits;
    if (const Node* record = map.scalar("record")) {
        limits.seconds = parse_seconds(record->text);
        if (!limits.seconds)
            errors.report(*record, "bad-limit", fmt::format("'{}' is no time for one record", record->text),
                          "write for example 2 s, 500 ms or 1 min, up to an hour");
    }
    if (const Node* memory = map.scalar("memory")) {
        limits.megabytes = parse_megabytes(memory->text);
        if (!limits.megabytes)
            errors.report(*memory, "bad-limit", fmt::format("'{}' is no amount of memory", memory->text),
                          "write for example 512 MB or 2 GB");
    }
    if (const auto breaks = map.integer("breaks")) {
        if (*breaks >= 1 && *breaks <= 1'000'000)
            limits.breaks = static_cast<std::uint32_t>(*breaks);
        else
            errors.report(*node.find("breaks"), "bad-limit", "a plugin may break at least once",
                          "write how many crashes and hangs it may have, for example 5");
    }
    map.finish();
    refuse_empty(map, plugin_limit_keys());
    return limits;
}

PluginNeed read_need(const Node& key, const Node& node, Errors& errors) {
    const auto place = [&](const Node& at) { return yaml::place_of(errors.document(), at); };
    MapReader map(node, "a plugin", errors);
    PluginNeed need;
    need.name = key.text;
    need.place = place(key);
    if (!is_plugin_name(key.text))
        errors.report(key, "bad-id", fmt::format("'{}' cannot be the name of a plugin", key.text),
                      "lower-case letters, digits and hyphens, as `caseaudit plugin inspect FILE` shows it");
    if (const Node* version = map.is_map() ? map.scalar("version", Need::required) : nullptr) {
        need.version = version->text;
        need.version_place = place(*version);
        if (check_requirement(version->text, "1") == Requirement::malformed)
            errors.report(*version, "bad-version", "this is not a condition on versions",
                          "write for example \">=1.2\", or \">=1.2, <2\"");
    }
    if (const Node* limits = map.is_map() ? map.map("limits") : nullptr)
        need.limits = read_limits(*limits, errors);
    map.finish();
    refuse_empty(map, plugin_keys());
    return need;
}

}  // namespace

std::optional<double> parse_seconds(std::string_view text) {
    return parse_amount(text, {{"ms", 0.001}, {"s", 1}, {"min", 60}}, 3600);
}

std::optional<double> parse_megabytes(std::string_view text) {
    return parse_amount(text, {{"MB", 1}, {"GB", 1024}}, 1024 * 1024);
}

std::vector<PluginNeed> read_plugin_needs(MapReader& map) {
    std::vector<PluginNeed> needs;
    const Node* node = map.map("plugins");
    if (node == nullptr) return needs;
    for (const auto& [key, value] : node->entries) {
        const Errors::Within within(map.errors(), fmt::format("plugin {}", key.text));
        needs.push_back(read_need(key, value, map.errors()));
    }
    return needs;
}

}  // namespace caseaudit::rulepack
