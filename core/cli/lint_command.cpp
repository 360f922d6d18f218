#include <cstdio>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "engine/plan.h"

namespace caseaudit::cli {

Action add_lint(CLI::App& app) {
    struct Options {
        std::vector<std::string> packs, plugins, settings;
    };
    auto options = std::make_shared<Options>();
    auto* lint = app.add_subcommand("lint", "Find every error of rule packs without any data");
    lint->add_option("packs", options->packs, "Rule packs, by name or folder")->required();
    lint->add_option("--plugin", options->plugins, "A plugin file or folder of them; may be repeated");
    lint->add_option("--set", options->settings, "A parameter, NAME=VALUE; may be repeated");
    return [options]() -> int {
        plugin::Registry registry;
        Diagnostics errors = load_plugins(options->plugins, registry);
        rulepack::LoadOptions load_options;
        load_options.examples = true;
        auto settings = read_pairs(options->settings, "--set");
        if (settings)
            load_options.set = *settings;
        else
            errors.insert(errors.end(), settings.errors().begin(), settings.errors().end());
        for (const auto& name : options->packs) {
            const auto pack = rulepack::load(name, search_path(), load_options);
            if (!pack) {
                errors.insert(errors.end(), pack.errors().begin(), pack.errors().end());
                continue;
            }
            const auto planned = engine::plan(*pack, registry, {});
            if (!planned)
                errors.insert(errors.end(), planned.errors().begin(), planned.errors().end());
            else
                std::printf("%s %s: %zu rules, no errors\n", pack->pack.id.c_str(),
                            pack->pack.version.c_str(), pack->pack.rules.size());
        }
        print(errors);
        return errors.empty() ? Exit::clean : Exit::wrong;
    };
}

}  // namespace caseaudit::cli
