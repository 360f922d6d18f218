// What the command "run" is asked to do, as it stands on the command line.
#pragma once
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/life_options.h"
#include "cli/plugin_options.h"

namespace caseaudit::cli {

struct RunOptions {
    std::vector<std::string> packs, rules, settings, references, reports, fail_if;
    PluginOptions plugins;
    std::string input, prior, as_at, format = "json", output = "-", fail_on = "high", timings, key_file;
    int threads = 0;
    LifeOptions life;
    bool identifiable = false, quiet = false, verbose = false, timeline = false;
};

// `options` must outlive the command.
void add_run_options(CLI::App& run, RunOptions& options);

}  // namespace caseaudit::cli
