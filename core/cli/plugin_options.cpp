#include "cli/plugin_options.h"

#include <charconv>
#include <filesystem>
#include <map>

#include "cli/pack_plugins.h"
#include "cli/rehearsal.h"
#include "cli/surroundings.h"
#include "cli/trust_list.h"
#include "sandbox/sandbox.h"

namespace caseaudit::cli {

namespace fs = std::filesystem;

namespace {

using rulepack::PluginLimits;
using LimitsByName = std::map<std::string, PluginLimits>;

// Reads PLUGIN=NUMBER, more than 0, and hands each to `set`.
void read_limits(const std::vector<std::string>& given, const std::string& option, LimitsByName& limits,
                 void (*set)(PluginLimits&, double), Diagnostics& errors) {
    const auto pairs = read_pairs(given, option);
    if (!pairs) {
        errors.insert(errors.end(), pairs.errors().begin(), pairs.errors().end());
        return;
    }
    for (const auto& [name, text] : *pairs) {
        double number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec == std::errc() && read.ptr == text.data() + text.size() && number > 0 && number < 1e6)
            set(limits[name], number);
        else
            errors.push_back({"command.limit",
                              fmt::format("{} takes PLUGIN=NUMBER, the number above 0", option),
                              {},
                              text,
                              fmt::format("for example {} authority=5", option),
                              {}});
    }
}

LimitsByName read_limits(const PluginOptions& options, Diagnostics& errors) {
    LimitsByName limits;
    read_limits(
        options.seconds, "--plugin-seconds", limits,
        [](PluginLimits& one, double number) { one.seconds = number; }, errors);
    read_limits(
        options.megabytes, "--plugin-megabytes", limits,
        [](PluginLimits& one, double number) { one.megabytes = number; }, errors);
    read_limits(
        options.breaks, "--plugin-breaks", limits,
        [](PluginLimits& one, double number) {
            one.breaks = static_cast<std::uint32_t>(std::max(number, 1.0));
        },
        errors);
    return limits;
}

// The files that an option means: itself, or every *.so of a folder by name.
std::vector<std::string> files_of(const std::string& path) {
    std::error_code ignored;
    const auto absolute = fs::absolute(path, ignored).lexically_normal();
    if (!fs::is_directory(absolute, ignored)) return {absolute.string()};
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(absolute, ignored))
        if (entry.path().extension() == ".so") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

// In this process what the options or the user's trust say, and that nobody else can have written; else in a
// sandbox.
Diagnostics load_named(const std::string& path, bool in_process, const TrustList& trusted,
                       const sandbox::LimitsOf& limits_of,
                       const std::function<unsigned(const std::string& name)>& breaks_of,
                       plugin::Registry& registry) {
    auto file = plugin::PluginFile::open(path);
    if (!file) return file.errors();
    const bool trusts = trusted.holds(file->sha256());
    if (!in_process && !trusts) return sandbox::load(std::move(*file), worker_program(), limits_of, registry);
    if (!file->unsafe().empty()) return file->unsafe();
    if (auto problems = rehearse_loading(*file, in_process); !problems.empty()) return problems;
    // By its path where somebody debugs it: a debugger finds a descriptor's name in no folder.
    auto problems = in_process ? registry.load(path) : registry.load(*file);
    if (!problems.empty()) return problems;
    const auto& loaded = registry.plugins().back();
    loaded.quarantine->allow(breaks_of(loaded.name));
    return {};
}

}  // namespace

void add_plugin_options(CLI::App& command, PluginOptions& options) {
    command.add_option("--plugin", options.paths, "A plugin file or folder of them; may be repeated");
    command.add_option(
        "--plugin-path", options.folders,
        "A folder with the plugins that packs need; may be repeated. Else: plugins/ beside a pack");
    command.add_option("--plugin-seconds", options.seconds,
                       "How long a sandboxed plugin may take for one record, PLUGIN=SECONDS; default 2");
    command.add_option("--plugin-megabytes", options.megabytes,
                       "How much memory a sandboxed plugin may use, PLUGIN=MEGABYTES; default 512");
    command.add_option(
        "--plugin-breaks", options.breaks,
        "How often a plugin may break or give up before it is quarantined, PLUGIN=TIMES; default 5");
    command.add_flag("--in-process", options.in_process,
                     "Run every plugin in this process, with your rights and no sandbox: to debug one");
}

Diagnostics load_plugins(const PluginOptions& options, const std::vector<const rulepack::Pack*>& packs,
                         plugin::Registry& registry) {
    Diagnostics errors = load_bundled_plugins(registry);
    const std::size_t bundled = registry.plugins().size();
    auto limits = read_limits(options, errors);
    const auto limits_of = [&](const std::string& name) {
        auto given = limits_of_packs(packs, name);
        // Those that were asked for are taken out; those that are left are for nobody.
        if (const auto found = limits.extract(name)) overlay(given, found.mapped());
        return to_limits(given);
    };
    // In this process a plugin has breaks alone to limit.
    const auto breaks_of = [&](const std::string& name) {
        auto given = limits_of_packs(packs, name);
        if (const auto found = limits.find(name); found != limits.end() && found->second.breaks) {
            given.breaks = std::exchange(found->second.breaks, std::nullopt);
            if (!found->second.seconds && !found->second.megabytes) limits.erase(found);
        }
        return to_limits(given).breaks;
    };
    const bool any_needed = std::any_of(packs.begin(), packs.end(),
                                        [](const rulepack::Pack* pack) { return !pack->plugins.empty(); });
    const auto trusted = options.paths.empty() && !any_needed ? Result<TrustList>(TrustList())
                                                              : TrustList::read(configuration_folder());
    if (!trusted) {
        errors.insert(errors.end(), trusted.errors().begin(), trusted.errors().end());
        return errors;
    }
    const auto load = [&](const std::string& file) {
        auto problems = load_named(file, options.in_process, *trusted, limits_of, breaks_of, registry);
        errors.insert(errors.end(), problems.begin(), problems.end());
        return problems.empty();
    };
    for (const auto& path : options.paths)
        for (const auto& file : files_of(path)) load(file);
    PackPlugins(packs, options.folders, bundled, registry).load(load, errors);
    if (errors.empty() && !options.in_process)
        for (const auto& [name, unused] : limits)
            errors.push_back({"command.limit",
                              fmt::format("no sandboxed plugin is named '{}'", name),
                              {},
                              name,
                              "name one that --plugin or a pack loads, as `caseaudit list plugins` does",
                              {}});
    return errors;
}

}  // namespace caseaudit::cli
