#include <cstdio>

#include "cli/command.h"
#include "cli/pack_inspection.h"
#include "cli/surroundings.h"

namespace caseaudit::cli {
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
        Diagnostics of_plugins;
        const auto inspections = inspect_packs(options->packs, load_options, options->plugins, of_plugins);
        errors.insert(errors.end(), of_plugins.begin(), of_plugins.end());
        for (const auto& [loaded, found] : inspections) {
            if (found.empty() && of_plugins.empty()) {
                const auto& pack = loaded->pack;
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
