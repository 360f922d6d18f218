#include "cli/pack_inspection.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/surroundings.h"
#include "engine/plan.h"

namespace caseaudit::cli {
namespace {

// What compiling finds at a place where reading found something already says nothing new.
void add_new(const Diagnostics& more, Diagnostics& errors) {
    const std::size_t known = errors.size();
    for (const auto& diagnostic : more) {
        const bool told = std::any_of(errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(known),
                                      [&](const Diagnostic& d) { return d.place == diagnostic.place; });
        if (!told) errors.push_back(diagnostic);
    }
    sort_by_place(errors);
}

}  // namespace

std::vector<rulepack::Inspection> inspect_packs(const std::vector<std::string>& names,
                                                const rulepack::LoadOptions& load_options,
                                                const PluginOptions& plugin_options,
                                                Diagnostics& of_plugins) {
    std::vector<rulepack::Inspection> inspections;
    for (const auto& name : names)
        inspections.push_back(rulepack::inspect(name, search_path(), load_options));
    std::vector<const rulepack::Pack*> packs;
    for (const auto& inspection : inspections)
        if (inspection.pack) packs.push_back(&inspection.pack->pack);
    plugin::Registry registry;
    of_plugins = load_plugins(plugin_options, packs, registry);
    for (auto& [loaded, errors] : inspections) {
        if (!loaded) continue;
        const auto planned = engine::plan(*loaded, registry, {});
        if (!planned) add_new(planned.errors(), errors);
        for (const auto& [name, named] : loaded->pack.named)
            add_new(expression::check_unused(named, {fmt::format("pack {}", loaded->pack.id),
                                                     fmt::format("expression ${}", name)}),
                    errors);
    }
    return inspections;
}

Diagnostics errors_of_packs(const std::vector<std::string>& names, const rulepack::LoadOptions& load_options,
                            const PluginOptions& plugin_options) {
    Diagnostics errors;
    for (const auto& inspection : inspect_packs(names, load_options, plugin_options, errors))
        errors.insert(errors.end(), inspection.errors.begin(), inspection.errors.end());
    return errors;
}

}  // namespace caseaudit::cli
