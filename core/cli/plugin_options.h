// The options of every command that loads plugins.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "plugin/registry.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

struct PluginOptions {
    std::vector<std::string> paths;               // files, or folders of them
    std::vector<std::string> seconds, megabytes;  // PLUGIN=NUMBER
    std::vector<std::string> breaks;
    std::vector<std::string> folders;  // where plugins that packs need are looked for
    bool in_process = false;
};

void add_plugin_options(CLI::App& command, PluginOptions& options);

// The bundled plugins, in this process, and those that options name or packs need, each in a sandbox unless
// the options or the user's trust say otherwise. Errors of all of them; of what a pack needs, in its file.
Diagnostics load_plugins(const PluginOptions& options, const std::vector<const rulepack::Pack*>& packs,
                         plugin::Registry& registry);

}  // namespace caseaudit::cli
