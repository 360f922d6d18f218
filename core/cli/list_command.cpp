#include <cstdio>
#include <filesystem>
#include <set>

#include "cli/command.h"
#include "cli/plugin_options.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "plugin/schema.h"
#include "reports/renderer.h"

namespace caseaudit::cli {
namespace {

struct Options {
    std::string what;
    std::vector<std::string> packs;
    PluginOptions plugins;
};

// Rows under headings, each column as wide as its widest cell but the last.
void print_table(const std::vector<std::string>& headings, std::vector<std::vector<std::string>> rows) {
    rows.insert(rows.begin(), headings);
    std::vector<std::size_t> widths(headings.size(), 0);
    for (const auto& row : rows)
        for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += fmt::format("{:<{}}{}", row[i], widths[i], i + 1 < row.size() ? "  " : "");
        std::printf("%s\n", printable(line).c_str());
    }
}

std::vector<std::string> pack_names(const Options& options) {
    if (!options.packs.empty()) return options.packs;
    std::vector<std::string> names;
    for (const auto& found : rulepack::find_packs(search_path())) names.push_back(found.id);
    return names;
}

Diagnostics list_packs() {
    std::vector<std::vector<std::string>> rows;
    for (const auto& found : rulepack::find_packs(search_path()))
        rows.push_back({found.id, found.version, found.dataset, found.folder, found.title});
    print_table({"Pack", "Version", "Dataset", "Folder", "Title"}, rows);
    return {};
}

Diagnostics list_rules(const Options& options) {
    Diagnostics errors;
    std::vector<std::vector<std::string>> rows;
    for (const auto& name : pack_names(options)) {
        const auto pack = rulepack::load(name, search_path(), {});
        if (!pack) {
            errors.insert(errors.end(), pack.errors().begin(), pack.errors().end());
            continue;
        }
        for (const auto& rule : pack->pack.rules)
            rows.push_back({pack->pack.id, rule.id, std::string(rulepack::name(rule.severity)),
                            std::string(rulepack::name(rule.dimension)),
                            fmt::format("{}", fmt::join(rule.for_each, ",")),
                            rule.title + (rule.disabled ? " (disabled)" : "")});
    }
    print_table({"Pack", "Rule", "Severity", "Dimension", "For each", "Title"}, rows);
    return errors;
}

Diagnostics list_plugins(const Options& options, bool checks) {
    plugin::Registry registry;
    auto errors = load_plugins(options.plugins, {}, registry);
    std::vector<std::vector<std::string>> rows;
    for (const auto& plugin : registry.plugins()) {
        if (!checks) rows.push_back({plugin.name, plugin.version, plugin.file, plugin.description});
        for (std::size_t i = 0; checks && i < plugin.table->check_count; ++i) {
            const auto check = plugin::schema_of(*plugin.table->checks[i]);
            std::vector<std::string> parameters;
            for (const auto& parameter : check.parameters)
                parameters.push_back(parameter.name + (parameter.required ? "" : "?"));
            rows.push_back({fmt::format("{}.{}", plugin.name, check.name),
                            fmt::format("{}", fmt::join(parameters, ", ")), check.description});
        }
    }
    checks ? print_table({"Check", "Parameters", "What it finds"}, rows)
           : print_table({"Plugin", "Version", "File", "What for"}, rows);
    return errors;
}

Diagnostics list_datasets() {
    Diagnostics errors;
    std::vector<std::vector<std::string>> rows;
    std::set<std::string> seen;
    for (const auto& folder : search_path().folders) {
        std::error_code none;
        std::set<std::string> files;
        for (const auto& entry :
             std::filesystem::directory_iterator(std::filesystem::path(folder) / "datasets", none))
            if (entry.path().extension() == ".yaml") files.insert(entry.path().string());
        for (const auto& file : files) {
            const auto dataset = dataset::load(file);
            if (!dataset)
                errors.insert(errors.end(), dataset.errors().begin(), dataset.errors().end());
            else if (seen.insert(dataset->id).second)
                rows.push_back({dataset->id, dataset->version, std::to_string(dataset->tables.size()), file,
                                dataset->title});
        }
    }
    print_table({"Dataset", "Version", "Tables", "File", "Title"}, rows);
    return errors;
}

void list_reports() {
    std::vector<std::vector<std::string>> rows;
    for (const auto* renderer : reports::renderers())
        rows.push_back({std::string(renderer->format), renderer->folder ? "folder" : "file",
                        std::string(renderer->absent.empty() ? renderer->what : renderer->absent)});
    print_table({"Format", "Makes", "What it is"}, rows);
}

}  // namespace

Action add_list(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* list =
        app.add_subcommand("list", "Show the packs, rules, checks, plugins, datasets or reports there are");
    list->add_option("what", options->what, "packs, rules, checks, plugins, datasets or reports")
        ->required()
        ->check(CLI::IsMember({"packs", "rules", "checks", "plugins", "datasets", "reports"}));
    list->add_option("--pack", options->packs, "Rules of this pack only; may be repeated");
    add_plugin_options(*list, options->plugins);
    return [options]() -> int {
        Diagnostics errors;
        if (options->what == "packs") errors = list_packs();
        if (options->what == "rules") errors = list_rules(*options);
        if (options->what == "checks" || options->what == "plugins")
            errors = list_plugins(*options, options->what == "checks");
        if (options->what == "datasets") errors = list_datasets();
        if (options->what == "reports") list_reports();
        print(errors);
        return errors.empty() ? Exit::clean : Exit::wrong;
    };
}

}  // namespace caseaudit::cli
