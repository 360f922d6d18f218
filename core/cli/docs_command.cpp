#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "cli/command.h"
#include "cli/plugin_options.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "engine/plan.h"
#include "rulepack/documentation.h"

namespace caseaudit::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string pack, folder = "docs/rules";
    std::vector<std::string> settings;
    PluginOptions plugins;
};

rulepack::RuleNeeds needs_of(const engine::Plan& plan) {
    rulepack::RuleNeeds needs;
    for (const auto& planned : plan.rules) {
        for (const auto& part : planned.parts)
            needs[planned.rule->id].insert(part.needs.begin(), part.needs.end());
    }
    return needs;
}

Diagnostic failed(const fs::path& path, const std::string& why) {
    return {"docs.unwritable", fmt::format("cannot be written: {}", why), {path.string(), 0, 0}, "", "", {}};
}

Diagnostics write(const fs::path& folder, const std::vector<rulepack::Page>& pages) {
    for (const auto& page : pages) {
        const fs::path path = folder / page.path;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error) return {failed(path.parent_path(), error.message())};
        std::ofstream stream(path, std::ios::binary);
        stream << page.text;
        stream.close();
        if (!stream) return {failed(path, std::strerror(errno))};
    }
    return {};
}

bool is_page_of(const fs::path& path, const std::string& pack) {
    std::ifstream stream(path, std::ios::binary);
    std::string line;
    return std::getline(stream, line) && line + "\n" == rulepack::generated_line(pack);
}

// Pages of rules that the pack no longer has. Files that people wrote stay.
void remove_stale(const fs::path& folder, const std::string& pack, const std::vector<rulepack::Page>& pages) {
    std::set<fs::path> current;
    for (const auto& page : pages) current.insert(folder / page.path);
    std::vector<fs::path> stale;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder / pack, none)) {
        if (!current.contains(entry.path()) && is_page_of(entry.path(), pack)) stale.push_back(entry.path());
    }
    for (const fs::path& path : stale) fs::remove(path, none);
}

struct Documentation {
    std::string pack;
    std::vector<rulepack::Page> pages;
};

Result<Documentation> document(const Options& options) {
    rulepack::LoadOptions load_options;
    load_options.examples = true;
    auto settings = read_pairs(options.settings, "--set");
    if (!settings) return settings.errors();
    load_options.set = *settings;
    const auto loaded = rulepack::load(options.pack, search_path(), load_options);
    if (!loaded) return loaded.errors();
    plugin::Registry registry;
    if (auto errors = load_plugins(options.plugins, {&loaded->pack}, registry); !errors.empty())
        return errors;
    const auto planned = engine::plan(*loaded, registry, {});
    if (!planned) return planned.errors();
    return Documentation{loaded->pack.id, rulepack::documentation(*loaded, needs_of(*planned))};
}

int run(const Options& options) {
    const auto made = document(options);
    const Diagnostics errors = made ? write(options.folder, made->pages) : made.errors();
    if (errors.empty()) {
        remove_stale(options.folder, made->pack, made->pages);
        std::printf("%s: %zu pages in %s\n", made->pack.c_str(), made->pages.size(),
                    printable(options.folder).c_str());
    }
    print(errors);
    return errors.empty() ? Exit::clean : Exit::wrong;
}

}  // namespace

Action add_docs(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* docs = app.add_subcommand("docs", "Write the pages that say what a rule pack judges");
    docs->add_option("pack", options->pack, "A rule pack, by name or folder")->required();
    docs->add_option("--out", options->folder, "The folder that holds the pages of all packs")
        ->capture_default_str();
    add_plugin_options(*docs, options->plugins);
    docs->add_option("--set", options->settings, "A parameter, NAME=VALUE; may be repeated");
    return [options]() -> int { return run(*options); };
}

}  // namespace caseaudit::cli
