#include <cstdio>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "history/history.h"

namespace caseaudit::cli {
namespace {

int fail(const Diagnostics& errors) {
    print(errors);
    return Exit::wrong;
}

int show_runs(const std::string& file) {
    const auto runs = history::runs(file);
    if (!runs) return fail(runs.errors());
    std::string out =
        fmt::format("{:>5}  {:<10}  {:<9}  {:>9}  {:>9}  {:>9}  {:>9}  {:<5}  {}\n", "Run", "As at",
                    "Dataset", "Findings", "New", "Reopened", "Resolved", "Whole", "Packs");
    for (const auto& run : *runs)
        out += fmt::format("{:>5}  {:<10}  {:<9}  {:>9}  {:>9}  {:>9}  {:>9}  {:<5}  {}\n", run.number,
                           run.as_at, run.dataset, run.findings, run.added, run.reopened, run.resolved,
                           run.whole ? "yes" : "no", run.packs);
    std::fputs(out.c_str(), stdout);
    return Exit::clean;
}

int show_finding(const std::string& file, const std::string& id) {
    const auto found = history::findings_of(file, id);
    if (!found) return fail(found.errors());
    if (found->size() != 1)
        return fail({{"history.finding",
                      found->empty() ? "the history knows no finding whose id begins so"
                                     : "the history knows several findings whose ids begin so",
                      {},
                      id,
                      found->empty() ? "ids stand under findings[].id in a document" : "give more of the id",
                      {}}});
    const auto& finding = found->front();
    std::string out =
        fmt::format("Finding      {}\nRule         {} (pack {}), severity {}\nCase         {}\n", finding.id,
                    finding.rule, finding.pack, finding.severity, printable(finding.case_name));
    if (!finding.responsible.empty()) out += fmt::format("Responsible  {}\n", printable(finding.responsible));
    out += fmt::format("First seen   {}\nLast seen    {}\n", finding.first_seen, finding.last_seen);
    out += finding.resolved ? fmt::format("Resolved     {}\n", *finding.resolved)
                            : fmt::format("Open since   {}\n", finding.open_since);
    for (const auto& event : finding.events)
        out += fmt::format("  {}  {} (run {})\n", event.as_at, event.what, event.run);
    std::fputs(out.c_str(), stdout);
    return Exit::clean;
}

int show_measure(const std::string& file, const std::string& measure) {
    const auto figures = history::figures_of(file, measure);
    if (!figures) return fail(figures.errors());
    if (figures->empty())
        return fail({{"history.measure",
                      "the history knows no such measure",
                      {},
                      measure,
                      "ids stand under measures[].id in a document",
                      {}}});
    std::size_t width = 5;
    for (const auto& figure : *figures) width = std::max(width, printable(figure.group).size());
    std::string out = fmt::format("{:<{}}  {:>5}  {:<10}  {:>10}  {}\n", "Group", width, "Run", "As at",
                                  "Population", "Rate or value");
    for (const auto& figure : *figures) {
        const auto share = figure.rate ? figure.rate : figure.value;
        out += fmt::format("{:<{}}  {:>5}  {:<10}  {:>10}  {}\n",
                           figure.group.empty() ? "all" : printable(figure.group), width, figure.run,
                           figure.as_at, figure.population, share ? fmt::format("{:.4g}", *share) : "-");
    }
    std::fputs(out.c_str(), stdout);
    return Exit::clean;
}

}  // namespace

Action add_history(CLI::App& app) {
    struct Options {
        std::string file, id;
    };
    auto options = std::make_shared<Options>();
    auto* command =
        app.add_subcommand("history", "Ask a history what it knows of runs, a finding or a measure");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, const char* id) {
        auto* one = command->add_subcommand(name, what);
        if (id != nullptr) one->add_option("id", options->id, id)->required();
        one->add_option("--history", options->file, "The file that runs were added to")->required();
        return one;
    };
    auto* runs = add("runs", "All runs, with what was new, reopened and resolved", nullptr);
    auto* finding = add("finding", "What became of a finding", "Its id, or enough of its beginning");
    add("measure", "The figures of a measure, run by run", "The measure's id");
    return [=]() -> int {
        if (runs->parsed()) return show_runs(options->file);
        return finding->parsed() ? show_finding(options->file, options->id)
                                 : show_measure(options->file, options->id);
    };
}

}  // namespace caseaudit::cli
