#include <cstdio>

#include "cli/command.h"
#include "cli/plugin_options.h"
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

Action add_lint(CLI::App& app) {
    struct Options {
        std::vector<std::string> packs, settings;
        PluginOptions plugins;
    };
    auto options = std::make_shared<Options>();
    auto* lint = app.add_subcommand("lint", "Find every error of rule packs without any data");
    lint->add_option("packs", options->packs, "Rule packs, by name or folder")->required();
    add_plugin_options(*lint, options->plugins);
    lint->add_option("--set", options->settings, "A parameter, NAME=VALUE; may be repeated");
    return [options]() -> int {
        Diagnostics errors;
        rulepack::LoadOptions load_options;
        load_options.examples = true;
        auto settings = read_pairs(options->settings, "--set");
        if (settings)
            load_options.set = *settings;
        else
            errors.insert(errors.end(), settings.errors().begin(), settings.errors().end());
        std::vector<rulepack::Inspection> inspections;
        for (const auto& name : options->packs)
            inspections.push_back(rulepack::inspect(name, search_path(), load_options));
        std::vector<const rulepack::Pack*> packs;
        for (const auto& inspection : inspections)
            if (inspection.pack) packs.push_back(&inspection.pack->pack);
        plugin::Registry registry;
        const auto of_plugins = load_plugins(options->plugins, packs, registry);
        errors.insert(errors.end(), of_plugins.begin(), of_plugins.end());
        for (auto& inspection : inspections) {
            Diagnostics found = std::move(inspection.errors);
            if (inspection.pack) {
                const auto planned = engine::plan(*inspection.pack, registry, {});
                if (!planned) add_new(planned.errors(), found);
                for (const auto& [name, named] : inspection.pack->pack.named)
                    add_new(expression::check_unused(named, {fmt::format("pack {}", inspection.pack->pack.id),
                                                             fmt::format("expression ${}", name)}),
                            found);
            }
            if (found.empty() && of_plugins.empty()) {
                const auto& pack = inspection.pack->pack;
                std::printf("%s %s: %zu rules, %zu measures, no errors\n", pack.id.c_str(),
                            pack.version.c_str(), pack.rules.size(), pack.measures.size());
            }
            errors.insert(errors.end(), found.begin(), found.end());
        }
        print(errors);
        return errors.empty() ? Exit::clean : Exit::wrong;
    };
}

}  // namespace caseaudit::cli
