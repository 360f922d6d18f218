// The keys of pack files: one table that the loader checks by and the JSON Schema is made from.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace caseaudit::rulepack {

inline constexpr std::array<std::string_view, 5> severity_names = {"info", "low", "medium", "high",
                                                                   "critical"};
inline constexpr std::array<std::string_view, 6> dimension_names = {
    "completeness", "uniqueness", "timeliness", "validity", "accuracy", "consistency"};

inline constexpr std::array<std::string_view, 4> measure_kind_names = {"rate", "count", "average",
                                                                       "distribution"};

// What a key's value looks like.
enum class Shape : std::uint8_t {
    text,
    identifier,  // of a pack or rule
    flag,        // true or false
    date,        // yyyy-mm-dd
    constant,    // text, number, true/false or date
    severity,
    threshold,   // "count > 10" or "rate > 2 % of at least 50"
    thresholds,  // severity or pack -> threshold
    dimension,
    expression,
    message,      // text with {expression} placeholders
    texts,        // one text or a list
    expressions,  // one expression or a list
    period,       // {from, to}
    arguments,    // of a check: name -> anything
    parameters,   // name -> parameter
    lists,        // name -> list of constants
    named,        // "name" or "name(a, b)" -> expression
    overrides,    // rule id -> override
    rules,        // list of rules
    measures,     // list of measures
    measure_kind,
    examples,          // list of examples
    examples_by_rule,  // rule id -> list of examples
    tables,            // table -> list of {field: value}
    settings,          // parameter -> constant
    collections,       // year -> pack
    plugins,           // name -> plugin
    plugin_limits,
    seconds,    // 2 s, 500 ms
    megabytes,  // 512 MB, 2 GB
    count,      // a whole number from 1
    versions,   // a condition on versions
    dispute_protocol,
    responsible,     // an expression, or {who, team, worker}
    dispute_total,   // {working_days}
    dispute_stages,  // list of stages
    categories,      // rule id -> text
    working_days,    // a whole number, or $parameter
};

struct Key {
    std::string_view name;
    Shape shape;
    bool required;
    std::string_view description;
};

std::span<const Key> pack_keys();
std::span<const Key> plugin_keys();
std::span<const Key> plugin_limit_keys();
std::span<const Key> period_keys();
std::span<const Key> parameter_keys();
std::span<const Key> override_keys();
std::span<const Key> rule_file_keys();
std::span<const Key> rule_keys();
std::span<const Key> responsible_keys();
std::span<const Key> measure_keys();
std::span<const Key> example_keys();
std::span<const Key> examples_file_keys();
std::span<const Key> dispute_protocol_keys();
std::span<const Key> dispute_total_keys();
std::span<const Key> dispute_stage_keys();

}  // namespace caseaudit::rulepack
