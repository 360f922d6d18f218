#include "cli/plugin_options.h"

#include <charconv>
#include <filesystem>
#include <map>

#include "cli/surroundings.h"
#include "cli/trust_list.h"
#include "sandbox/sandbox.h"

namespace caseaudit::cli {

namespace fs = std::filesystem;

namespace {

using LimitsByName = std::map<std::string, sandbox::Limits>;

// Reads PLUGIN=NUMBER, more than 0, and hands each to `set`.
void read_limits(const std::vector<std::string>& given, const std::string& option, LimitsByName& limits,
                 void (*set)(sandbox::Limits&, double), Diagnostics& errors) {
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
    using sandbox::Limits;
    LimitsByName limits;
    read_limits(
        options.seconds, "--plugin-seconds", limits, [](Limits& one, double number) { one.seconds = number; },
        errors);
    read_limits(
        options.megabytes, "--plugin-megabytes", limits,
        [](Limits& one, double number) {
            one.memory = static_cast<std::uint64_t>(number * (std::uint64_t{1} << 20));
        },
        errors);
    read_limits(
        options.breaks, "--plugin-breaks", limits,
        [](Limits& one, double number) { one.breaks = static_cast<unsigned>(std::max(number, 1.0)); },
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
                       const sandbox::LimitsOf& limits_of, plugin::Registry& registry) {
    auto file = plugin::PluginFile::open(path);
    if (!file) return file.errors();
    const bool trusts = trusted.holds(file->sha256());
    if (!in_process && !trusts) return sandbox::load(std::move(*file), worker_program(), limits_of, registry);
    if (!file->unsafe().empty()) return file->unsafe();
    // By its path where somebody debugs it: a debugger finds a descriptor's name in no folder.
    return in_process ? registry.load(path) : registry.load(*file);
}

}  // namespace

void add_plugin_options(CLI::App& command, PluginOptions& options) {
    command.add_option("--plugin", options.paths, "A plugin file or folder of them; may be repeated");
    command.add_option("--plugin-seconds", options.seconds,
                       "How long a sandboxed plugin may take for one record, PLUGIN=SECONDS; default 2");
    command.add_option("--plugin-megabytes", options.megabytes,
                       "How much memory a sandboxed plugin may use, PLUGIN=MEGABYTES; default 512");
    command.add_option(
        "--plugin-breaks", options.breaks,
        "How often a sandboxed plugin may break before it is quarantined, PLUGIN=TIMES; default 5");
    command.add_flag("--in-process", options.in_process,
                     "Run every plugin in this process, with your rights and no sandbox: to debug one");
}

Diagnostics load_plugins(const PluginOptions& options, plugin::Registry& registry) {
    Diagnostics errors = load_bundled_plugins(registry);
    auto limits = read_limits(options, errors);
    const auto limits_of = [&](const std::string& name) {
        const auto found = limits.extract(name);
        return found ? found.mapped() : sandbox::Limits{};
    };
    const auto trusted =
        options.paths.empty() ? Result<TrustList>(TrustList()) : TrustList::read(configuration_folder());
    if (!trusted) {
        errors.insert(errors.end(), trusted.errors().begin(), trusted.errors().end());
        return errors;
    }
    for (const auto& path : options.paths)
        for (const auto& file : files_of(path)) {
            auto problems = load_named(file, options.in_process, *trusted, limits_of, registry);
            errors.insert(errors.end(), problems.begin(), problems.end());
        }
    // Those that were asked for were taken out; in this process a plugin has no limits to set.
    if (errors.empty() && !options.in_process)
        for (const auto& [name, unused] : limits)
            errors.push_back({"command.limit",
                              fmt::format("no sandboxed plugin is named '{}'", name),
                              {},
                              name,
                              "name one that --plugin loads, as `caseaudit list plugins` does",
                              {}});
    return errors;
}

}  // namespace caseaudit::cli
