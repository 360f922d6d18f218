#include "cli/run_parameters.h"

#include <fmt/format.h>

#include <algorithm>

namespace caseaudit::cli {
namespace {

std::string shown(const expression::Constant& value) {
    switch (value.kind) {
        case expression::Kind::boolean:
            return value.boolean ? "true" : "false";
        case expression::Kind::integer:
            return std::to_string(value.integer);
        case expression::Kind::decimal:
            return fmt::format("{}", value.decimal);
        case expression::Kind::date:
            return calendar::to_iso(value.date);
        default:
            return value.text;
    }
}

}  // namespace

std::map<std::string, std::string> run_parameters(
    const std::vector<std::unique_ptr<rulepack::LoadedPack>>& packs) {
    std::map<std::string, std::map<std::string, std::string>> values;  // by name, then by pack
    for (const auto& pack : packs)
        for (const auto& [name, parameter] : pack->pack.parameters)
            values[name][pack->pack.id] = shown(parameter.value);
    std::map<std::string, std::string> parameters;
    for (const auto& [name, by_pack] : values) {
        const std::string& first = by_pack.begin()->second;
        if (std::ranges::all_of(by_pack, [&](const auto& one) { return one.second == first; })) {
            parameters[name] = first;
            continue;
        }
        for (const auto& [pack, value] : by_pack) parameters[fmt::format("{}.{}", pack, name)] = value;
    }
    return parameters;
}

}  // namespace caseaudit::cli
