#include "rulepack/references.h"

namespace caseaudit::rulepack {
namespace {

// As a parameter says them; the keys of a duration have '_' for the space.
constexpr std::array<std::string_view, 5> units_of_time = {"days", "working days", "weeks", "months",
                                                           "years"};

std::string as_unit(std::string key) {
    std::replace(key.begin(), key.end(), '_', ' ');
    return key;
}

bool is_unit_of_time(std::string_view unit) {
    return std::find(units_of_time.begin(), units_of_time.end(), unit) != units_of_time.end();
}

// {days: $limit}, where the limit says that it is in working days.
void check_duration(const RuleDraft& draft, const Argument& argument, const Pack& pack, Diagnostics& errors) {
    if (argument.node.kind != yaml::Node::Kind::map || argument.node.entries.size() != 1) return;
    const auto& [key, count] = argument.node.entries.front();
    if (count.quoted || !count.text.starts_with('$') || !is_unit_of_time(as_unit(key.text))) return;
    const auto parameter = pack.parameters.find(count.text.substr(1));
    if (parameter == pack.parameters.end()) return;
    const auto& unit = parameter->second.unit;
    if (!is_unit_of_time(unit) || unit == as_unit(key.text)) return;
    auto in_key = unit;
    std::replace(in_key.begin(), in_key.end(), ' ', '_');
    errors.push_back(
        {"pack.other-unit",
         fmt::format("{} is in {}, and is used here as {}", count.text, unit, as_unit(key.text)),
         {argument.place.file, key.line, key.column},
         key.text,
         fmt::format("write {{{}: {}}}, or give the parameter the unit that is meant", in_key, count.text),
         {"pack " + draft.rule.defined_in, "rule " + draft.rule.id, "with: " + argument.name}});
}

}  // namespace

void check_units(const Merged& merged, Diagnostics& errors) {
    for (const RuleDraft& draft : merged.drafts)
        for (const Argument& argument : draft.rule.with) check_duration(draft, argument, merged.pack, errors);
}

}  // namespace caseaudit::rulepack
