#include "plugin/registry.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "plugin/check_in_process.h"
#include "plugin/library.h"
#include "plugin/link_library.h"
#include "plugin/printable.h"
#include "plugin/verify.h"

namespace caseaudit::plugin {
namespace {

Diagnostic problem_of(const char* code, std::string message, const std::string& origin, std::string hint) {
    Diagnostic problem;
    problem.code = code;
    problem.message = std::move(message);
    problem.place.file = origin;
    problem.hint = std::move(hint);
    return problem;
}

}  // namespace

Diagnostics Registry::load(const std::string& path) {
    auto opened = open_library(path);
    if (!opened) return opened.errors();
    const auto table = read_table(opened->entry, path);
    if (!table) return table.errors();
    return add({{}, {}, {}, path, opened->sha256, *table, path, nullptr});
}

Diagnostics Registry::load(const PluginFile& file) {
    // The system knows a library by its path, which here is the descriptor's number: it stays open as long as
    // the library is loaded, for the life of the process, or the next plugin of that number would be taken
    // for this one.
    const int descriptor = ::fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0);
    auto entry = link_library(fmt::format("/proc/self/fd/{}", descriptor));
    if (!entry) {
        for (auto& problem : entry.errors()) problem.place.file = file.path();
        ::close(descriptor);
        return entry.errors();
    }
    const auto table = read_table(*entry, file.path());
    if (!table) return table.errors();
    return add({{}, {}, {}, file.path(), file.sha256(), *table, file.path(), nullptr});
}

Diagnostics Registry::load_folder(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".so") files.push_back(entry->path().string());
    std::sort(files.begin(), files.end());
    Diagnostics problems;
    for (const auto& file : files) {
        auto more = load(file);
        problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                        std::make_move_iterator(more.end()));
    }
    return problems;
}

Diagnostics Registry::add(const caseaudit_plugin* table, const std::string& origin) {
    return add({{}, {}, {}, {}, {}, table, origin, nullptr});
}

Diagnostics Registry::add(std::shared_ptr<Elsewhere> elsewhere, const std::string& file,
                          const std::string& sha256) {
    const auto* table = &elsewhere->table();
    return add({{}, {}, {}, file, sha256, table, file, std::move(elsewhere)});
}

Diagnostics Registry::add(Plugin plugin) {
    const auto* table = plugin.table;
    const auto& origin = plugin.origin;
    if (auto problems = verify(table, origin); !problems.empty()) return problems;
    for (const auto& other : plugins_) {
        if (other.name != table->name) continue;
        if (!plugin.sha256.empty() && other.sha256 == plugin.sha256)
            return {problem_of(
                "plugin.duplicate",
                other.origin == origin
                    ? fmt::format("the plugin '{}' is given twice", other.name)
                    : fmt::format("the same plugin '{}' is already loaded from {}", other.name, other.origin),
                origin, "give it once")};
        Diagnostics problems;
        for (std::size_t i = 0; i < table->check_count; ++i) {
            const auto name = other.name + "." + table->checks[i]->name;
            if (!checks_.contains(name)) continue;
            problems.push_back(
                problem_of("plugin.duplicate-check",
                           fmt::format("the check {} is already provided by {}", name, other.origin), origin,
                           "load only one of the two files"));
        }
        if (problems.empty())
            problems.push_back(problem_of(
                "plugin.duplicate",
                fmt::format("a plugin named '{}' is already loaded from {}", other.name, other.origin),
                origin, "load only one of the two, or rename one plugin"));
        return problems;
    }
    for (std::size_t i = 0; i < table->check_count; ++i)
        checks_[std::string(table->name) + "." + table->checks[i]->name] = {plugins_.size(),
                                                                            table->checks[i]};
    plugin.name = table->name;
    plugin.version = printable(table->version);
    plugin.description = printable(table->description);
    plugins_.push_back(std::move(plugin));
    return {};
}

Result<std::unique_ptr<CompiledCheck>> Registry::create(const caseaudit_check& check,
                                                        const calendar::WorkingDays& working_days,
                                                        const caseaudit_configuration& configuration,
                                                        CompiledCheck::Refusal& refusal) const {
    const auto entry = std::find_if(checks_.begin(), checks_.end(),
                                    [&](const auto& one) { return one.second.check == &check; });
    if (entry == checks_.end()) return CompiledCheck::create(check, working_days, configuration, refusal);
    const Plugin& plugin = plugins_[entry->second.plugin];
    if (plugin.elsewhere != nullptr)
        return plugin.elsewhere->create(check, working_days, configuration, refusal);
    auto made = CompiledCheck::create(check, working_days, configuration, refusal);
    if (!made) return made;
    return std::unique_ptr<CompiledCheck>(
        std::make_unique<CheckInProcess>(std::move(*made), check, plugin.name, plugin.quarantine));
}

const caseaudit_check* Registry::find(const std::string& qualified_name) const {
    const auto found = checks_.find(qualified_name);
    return found == checks_.end() ? nullptr : found->second.check;
}

const Plugin* Registry::plugin_of(const std::string& qualified_name) const {
    const auto found = checks_.find(qualified_name);
    return found == checks_.end() ? nullptr : &plugins_[found->second.plugin];
}

std::vector<std::string> Registry::check_names() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : checks_) names.push_back(name);
    return names;
}

Diagnostic Registry::unknown_check(const std::string& qualified_name) const {
    const auto names = check_names();
    const auto close = nearest(qualified_name, names);
    auto problem = problem_of(
        "pack.unknown-check", fmt::format("there is no check '{}'", qualified_name), "",
        close.empty() ? "`caseaudit list checks` shows them all; `plugins:` in pack.yaml, or --plugin, "
                        "loads more"
                      : fmt::format("did you mean '{}'?", close));
    problem.fragment = qualified_name;
    return problem;
}

}  // namespace caseaudit::plugin
