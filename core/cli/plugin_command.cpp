#include <cstdio>
#include <filesystem>

#include "cli/command.h"
#include "cli/rehearsal.h"
#include "cli/surroundings.h"
#include "cli/trust_list.h"
#include "diagnostic/printable.h"
#include "plugin/plugin_file.h"
#include "sandbox/sandbox.h"

namespace caseaudit::cli {
namespace {

Result<plugin::PluginFile> open(const std::string& given) {
    std::error_code ignored;
    return plugin::PluginFile::open(std::filesystem::absolute(given, ignored).lexically_normal().string());
}

Diagnostics trust(const std::string& given) {
    const auto file = open(given);
    if (!file) return file.errors();
    if (auto problems = file->unsafe(); !problems.empty()) return problems;
    auto list = TrustList::read(configuration_folder());
    if (!list) return list.errors();
    list->add({file->sha256(), file->path()});
    if (auto problems = list->write(); !problems.empty()) return problems;
    std::printf(
        "Trusted: %s  %s\nIt runs in the command's own process, with all your rights and no sandbox.\n",
        file->sha256().c_str(), printable(file->path()).c_str());
    return {};
}

// `given`: a file, or the SHA-256 of one that may be gone.
Diagnostics untrust(const std::string& given) {
    auto list = TrustList::read(configuration_folder());
    if (!list) return list.errors();
    if (!list->remove(given)) {
        const auto file = open(given);
        if (!file || !list->remove(file->sha256()))
            return {{"trust.absent",
                     fmt::format("'{}' is no trusted plugin", given),
                     {},
                     given,
                     "`caseaudit plugin list-trusted` shows them: name a file, or the whole SHA-256",
                     {}}};
    }
    return list->write();
}

Diagnostics list_trusted() {
    const auto list = TrustList::read(configuration_folder());
    if (!list) return list.errors();
    for (const auto& plugin : list->plugins())
        std::printf("%s  %s\n", plugin.sha256.c_str(), printable(plugin.file).c_str());
    return {};
}

std::string in_full(const plugin::ParameterSchema& parameter) {
    const auto limits = plugin::limits_and_default(parameter);
    return plugin::wanted(parameter) + (limits.empty() ? "" : ", " + limits);
}

void print(const plugin::CheckSchema& check, const std::string& plugin) {
    std::printf("\n%s.%s\n  %s\n", plugin.c_str(), check.name.c_str(), check.description.c_str());
    for (const auto& one : check.parameters)
        std::printf("  %s: %s%s. %s\n", one.name.c_str(), in_full(one).c_str(),
                    one.required ? ", required" : "", one.description.c_str());
    for (const auto& one : check.evidence)
        std::printf("  {%s}: %s. %s\n", one.name.c_str(), std::string(plugin::type_name(one.type)).c_str(),
                    one.description.c_str());
}

Diagnostics inspect(const std::string& given) {
    const auto file = open(given);
    if (!file) return file.errors();
    const auto list = TrustList::read(configuration_folder());
    Diagnostics errors;
    if (!list) errors = list.errors();
    const bool trusted = list && list->holds(file->sha256());
    std::printf("File      %s\nSHA-256   %s\nRuns      %s\n", printable(file->path()).c_str(),
                file->sha256().c_str(),
                trusted ? "in the command's process: you trust it" : "in a sandbox: it is not trusted");
    const auto plugin = sandbox::describe(file->path(), worker_program());
    if (!plugin) {
        errors.insert(errors.end(), plugin.errors().begin(), plugin.errors().end());
        return errors;
    }
    std::printf("Plugin    %s %s: %s\nContract  %u.%u\n", plugin->name.c_str(), plugin->version.c_str(),
                plugin->description.c_str(), plugin->abi_major, plugin->abi_minor);
    for (const auto& check : plugin->checks) print(check, plugin->name);
    return errors;
}

}  // namespace

Action add_plugin(CLI::App& app) {
    auto given = std::make_shared<std::string>();
    auto* command = app.add_subcommand("plugin", "See what a plugin is, and say which run without a sandbox");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, const char* argument) {
        auto* one = command->add_subcommand(name, what);
        if (argument != nullptr) one->add_option("plugin", *given, argument)->required();
        return one;
    };
    auto* inspecting =
        add("inspect", "Show its name, version, checks and SHA-256; its code runs in a sandbox only",
            "A plugin's file");
    auto* trusting =
        add("trust", "Run this plugin in the command's own process from now on", "A plugin's file");
    auto* untrusting = add("untrust", "Run it in a sandbox again", "A plugin's file, or its SHA-256");
    add("list-trusted", "Show the plugins that are trusted", nullptr);
    // Not for people: see rehearsal.h.
    auto* rehearsing = add("rehearse", "", "A plugin's file")->group("");
    return [=]() -> int {
        if (rehearsing->parsed()) serve_rehearsal(*given);
        const auto errors = inspecting->parsed()   ? inspect(*given)
                            : trusting->parsed()   ? trust(*given)
                            : untrusting->parsed() ? untrust(*given)
                                                   : list_trusted();
        caseaudit::cli::print(errors);
        return errors.empty() ? Exit::clean : Exit::wrong;
    };
}

}  // namespace caseaudit::cli
