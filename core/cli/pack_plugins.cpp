#include "cli/pack_plugins.h"

#include <filesystem>

#include "rulepack/version.h"

namespace caseaudit::cli {

namespace fs = std::filesystem;
using rulepack::PluginLimits;
using rulepack::PluginNeed;
using rulepack::Requirement;

namespace {

template <class T>
void raise(std::optional<T>& limit, const std::optional<T>& other) {
    if (other && (!limit || *other > *limit)) limit = other;
}

Diagnostic problem(const PluginNeed& need, std::string code, std::string message, const Place& place,
                   std::string fragment, std::string hint) {
    return {std::move(code), std::move(message),
            place,           std::move(fragment),
            std::move(hint), {fmt::format("pack {}", need.pack), fmt::format("plugin {}", need.name)}};
}

}  // namespace

void overlay(PluginLimits& limits, const PluginLimits& above) {
    if (above.seconds) limits.seconds = above.seconds;
    if (above.megabytes) limits.megabytes = above.megabytes;
    if (above.breaks) limits.breaks = above.breaks;
}

PluginLimits limits_of_packs(const std::vector<const rulepack::Pack*>& packs, const std::string& plugin) {
    PluginLimits all;
    for (const auto* pack : packs) {
        PluginLimits one;
        for (const auto& need : pack->plugins)
            if (need.name == plugin) overlay(one, need.limits);
        raise(all.seconds, one.seconds);
        raise(all.megabytes, one.megabytes);
        raise(all.breaks, one.breaks);
    }
    return all;
}

sandbox::Limits to_limits(const PluginLimits& given) {
    sandbox::Limits limits;
    if (given.seconds) limits.seconds = *given.seconds;
    if (given.megabytes)
        limits.memory = static_cast<std::uint64_t>(*given.megabytes * (std::uint64_t{1} << 20));
    if (given.breaks) limits.breaks = *given.breaks;
    return limits;
}

const plugin::Plugin* PackPlugins::find(const std::string& name) const {
    for (const auto& plugin : registry_.plugins())
        if (plugin.name == name) return &plugin;
    return nullptr;
}

// NAME.so in the folders given, then beside each pack that needs it, from the nearest to the farthest.
std::vector<std::string> PackPlugins::candidates(const std::string& name) const {
    std::vector<std::string> files;
    const auto add = [&](const fs::path& folder) {
        std::error_code ignored;
        auto file = fs::absolute(folder / (name + ".so"), ignored).lexically_normal().string();
        if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(std::move(file));
    };
    for (const auto& folder : folders_) add(folder);
    for (const auto* pack : packs_)
        for (auto need = pack->plugins.rbegin(); need != pack->plugins.rend(); ++need)
            if (need->name == name) add(fs::path(need->folder) / "plugins");
    return files;
}

void PackPlugins::load(const PluginNeed& need, const std::function<bool(const std::string& file)>& load,
                       Diagnostics& errors) {
    const auto files = candidates(need.name);
    const auto file = std::find_if(files.begin(), files.end(), [](const std::string& one) {
        std::error_code ignored;
        return fs::exists(one, ignored);
    });
    if (file == files.end()) {
        errors.push_back(problem(need, "pack.plugin-not-found",
                                 fmt::format("plugin {}, which the pack needs, is not there", need.name),
                                 need.place, need.name,
                                 fmt::format("looked for {}; name its file with --plugin, or its folder with "
                                             "--plugin-path",
                                             fmt::join(files, ", "))));
        registry_.note_absent(need.name);
        return;
    }
    if (load(*file) && find(need.name) == nullptr) {
        errors.push_back(problem(need, "pack.plugin-name",
                                 fmt::format("{} calls itself {}", *file, registry_.plugins().back().name),
                                 need.place, need.name, "a plugin's file is named as the plugin is"));
    }
    if (find(need.name) == nullptr) registry_.note_absent(need.name);
}

void PackPlugins::compare(const PluginNeed& need, Diagnostics& errors) const {
    const auto* plugin = find(need.name);
    if (plugin == nullptr) return;
    const auto& where = plugin->file.empty() ? plugin->origin : plugin->file;
    // A pack that says no condition, or one that is none, has its own error.
    const bool asked = rulepack::check_requirement(need.version, "1") != Requirement::malformed;
    switch (asked ? rulepack::check_requirement(need.version, plugin->version) : Requirement::met) {
        case Requirement::met:
            break;
        case Requirement::not_met:
            errors.push_back(problem(need, "pack.plugin-version",
                                     fmt::format("the pack needs plugin {} {}, and {} is {}", need.name,
                                                 need.version, where, plugin->version),
                                     need.version_place, need.version,
                                     "take a version of the plugin, or of the pack, that fits"));
            break;
        case Requirement::malformed:
            errors.push_back(
                problem(need, "pack.plugin-version",
                        fmt::format("plugin {} says that its version is '{}', which cannot be compared",
                                    where, plugin->version),
                        need.version_place, need.version,
                        "a plugin's version is numbers with dots between, such as 1.2.0"));
    }
    const auto number = static_cast<std::size_t>(plugin - registry_.plugins().data());
    const auto& limits = need.limits;
    if (number < bundled_ && (limits.seconds || limits.megabytes || limits.breaks))
        errors.push_back(problem(
            need, "pack.plugin-limits",
            fmt::format("plugin {} is bundled and runs in no sandbox, so that nothing limits it", need.name),
            need.place, need.name, "take its limits out"));
}

void PackPlugins::load(const std::function<bool(const std::string& file)>& load_file, Diagnostics& errors) {
    for (const auto* pack : packs_)
        for (const auto& need : pack->plugins) {
            if (find(need.name) == nullptr && !registry_.absent(need.name)) load(need, load_file, errors);
            compare(need, errors);
        }
}

}  // namespace caseaudit::cli
