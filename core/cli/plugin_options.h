// The options of every command that loads plugins.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "plugin/registry.h"

namespace caseaudit::cli {

struct PluginOptions {
    std::vector<std::string> paths;               // files, or folders of them
    std::vector<std::string> seconds, megabytes;  // PLUGIN=NUMBER
    std::vector<std::string> breaks;
    bool in_process = false;
};

void add_plugin_options(CLI::App& command, PluginOptions& options);

// The bundled plugins, in this process, and those named, each in a sandbox unless the options or the user's
// trust say otherwise. Errors of all of them.
Diagnostics load_plugins(const PluginOptions& options, plugin::Registry& registry);

}  // namespace caseaudit::cli
