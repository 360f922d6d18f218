#include <cstdio>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "findings/read.h"
#include "platform/files.h"
#include "reports/text.h"

namespace caseaudit::cli {
namespace {

using findings::ReadFinding;
using reports::visible;

struct Options {
    std::string file, id;
    bool show_values = false;
};

int refuse(std::string message, std::string fragment, std::string hint) {
    print({Diagnostic{"explain", std::move(message), {}, std::move(fragment), std::move(hint), {}}});
    return Exit::wrong;
}

// A name and what is to be said of it; nothing where there is nothing to say.
std::string line(std::string_view name, std::string_view value) {
    return value.empty() ? "" : fmt::format("{:<10} {}\n", name, visible(value));
}

std::string described(const findings::ReadRecord& record, bool show_values) {
    std::vector<std::string> fields;
    for (const auto& [name, value] : record.fields)
        fields.push_back(visible(show_values ? fmt::format("{}={}", name, value) : name));
    return fmt::format("  {:<8} {}{}, {} line {} (row {})\n",
                       record.role == Role::subject ? "subject" : "context",
                       record.prior ? "last extract's " : "", visible(record.table), visible(record.file),
                       record.line, record.row) +
           (fields.empty() ? "" : fmt::format("           {}\n", fmt::join(fields, ", ")));
}

std::string described(const ReadFinding& finding, const RuleOutcome& rule) {
    std::string out = line("Finding", finding.id);
    out += line("Rule", fmt::format("{} (pack {}), severity {}", rule.rule, rule.pack, finding.severity));
    out += fmt::format("{:11}{}\n", "", visible(rule.title));
    out += line("Dimension", rule.dimension) + line("Source", rule.source) + line("To do", rule.remedy);
    out += line("Judged", fmt::format("{} records: {} passed, {} failed, {} undecided", rule.population,
                                      rule.passed, rule.failed, rule.undecided));
    if (!finding.first_seen.empty())
        out += line("First seen", fmt::format("{}, open since {}", finding.first_seen, finding.open_since));
    if (finding.waiver)
        out += line("Waived", fmt::format("until {} by {}", finding.waiver->expires, finding.waiver->owner));
    return out;
}

std::string values_of(const ReadFinding& finding) {
    return line("Case", finding.case_key) + line("Message", finding.message) +
           line("Who", finding.responsible) + line("Team", finding.team) + line("Worker", finding.worker);
}

int explain(const Options& options) {
    const auto text = platform::read_whole(platform::system_files(), options.file, std::uint64_t{4} << 30);
    const auto document = text ? findings::read_document(*text, options.file) : text.errors();
    if (!document) {
        print(document.errors());
        return Exit::wrong;
    }
    std::vector<const ReadFinding*> matches;
    for (const auto& finding : document->findings)
        if (finding.id.starts_with(options.id)) matches.push_back(&finding);
    if (matches.empty())
        return refuse("no finding has this id", options.id, "ids stand under findings[].id in the document");
    if (matches.size() > 1)
        return refuse(fmt::format("{} findings have an id that begins so", matches.size()), options.id,
                      "give more of the id");
    const ReadFinding& finding = *matches.front();
    std::string out = described(finding, document->rule_of(finding));
    if (options.show_values) out += values_of(finding);
    out += "Records\n";
    for (const auto& record : finding.records) out += described(record, options.show_values);
    if (finding.more_records) out += "  and more: a finding lists no more than these\n";
    if (!options.show_values)
        out += "Values of the child's record are not shown; --show-values shows them.\n";
    std::fputs(out.c_str(), stdout);
    return Exit::clean;
}

}  // namespace

Action add_explain(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "explain", "Say what a finding is about, which records it rests on and what to do");
    command->add_option("findings", options->file, "A findings document, JSON or NDJSON")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("id", options->id, "The finding's id, or enough of its beginning")->required();
    command->add_flag("--show-values", options->show_values,
                      "Also print the case, the message and the records' values");
    return [options]() -> int { return explain(*options); };
}

}  // namespace caseaudit::cli
