#include <cstdio>

#include "cli/command.h"
#include "cli/pack_inspection.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "engine/examples.h"

namespace caseaudit::cli {
namespace {

void print(const std::string& pack, const engine::ExampleReport& report) {
    for (const auto& failure : report.failures)
        std::printf("%s:%u: rule %s, example %zu: expected: %s; got: %s\n",
                    printable(failure.place.file).c_str(), failure.place.line, failure.rule.c_str(),
                    failure.number, printable(failure.expected).c_str(), printable(failure.found).c_str());
    for (const auto& unjudged : report.unjudged)
        std::printf(
            "%s:%u: rule %s, example %zu: note: nothing was judged, as every record is undecided; "
            "if that is meant, say so under undecided\n",
            printable(unjudged.place.file).c_str(), unjudged.place.line, unjudged.rule.c_str(),
            unjudged.number);
    std::printf("%s: %zu examples of %zu rules, %zu failed; %zu rules have none\n", pack.c_str(),
                report.examples, report.rules_with, report.failures.size(), report.rules_without);
}

}  // namespace

Action add_test(CLI::App& app) {
    struct Options {
        std::vector<std::string> packs, rules;
        PluginOptions plugins;
    };
    auto options = std::make_shared<Options>();
    auto* test = app.add_subcommand("test", "Run the examples that stand beside the rules");
    test->add_option("packs", options->packs, "Rule packs, by name or folder")->required();
    test->add_option("--rule", options->rules, "Only this rule; may be repeated");
    add_plugin_options(*test, options->plugins);
    return [options]() -> int {
        rulepack::LoadOptions load_options;
        load_options.examples = true;
        std::vector<rulepack::LoadedPack> packs;
        bool all_good = true;
        for (const auto& name : options->packs) {
            auto pack = rulepack::load(name, search_path(), load_options);
            all_good = all_good && pack;
            if (pack) packs.push_back(std::move(*pack));
        }
        std::vector<const rulepack::Pack*> needing;
        for (const auto& pack : packs) needing.push_back(&pack.pack);
        plugin::Registry registry;
        Diagnostics errors = load_plugins(options->plugins, needing, registry);
        if (!all_good) errors = errors_of_packs(options->packs, load_options, options->plugins);
        std::size_t failures = 0;
        for (const auto& pack : packs) {
            const auto report =
                engine::run_examples(pack, registry, {options->rules.begin(), options->rules.end()});
            print(pack.pack.id, report);
            failures += report.failures.size();
            errors.insert(errors.end(), report.errors.begin(), report.errors.end());
        }
        caseaudit::cli::print(errors);
        return !errors.empty() ? Exit::wrong : failures != 0 ? Exit::findings : Exit::clean;
    };
}

}  // namespace caseaudit::cli
