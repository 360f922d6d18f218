#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/command.h"
#include "cli/destinations.h"
#include "cli/report_files.h"
#include "cli/surroundings.h"
#include "disclosure/shareable.h"
#include "platform/files.h"

namespace caseaudit::cli {
namespace {

struct Options {
    std::string file, format, output = "-", shareable;
};

// The document, from a file or from standard input, where a pipe may bring it.
Result<std::string> read_input(const std::string& path) {
    if (path != "-") return platform::read_whole(platform::system_files(), path, std::uint64_t{4} << 30);
    std::string text;
    char buffer[1 << 16];
    while (const auto got = std::fread(buffer, 1, sizeof buffer, stdin)) text.append(buffer, got);
    return text;
}

// In place of the document, what of it may be shared: every report is then made of that.
Diagnostics make_shareable(const Options& options, std::string& text) {
    const auto profile = disclosure::find_profile(options.shareable);
    if (!profile)
        return {{"report.shareable",
                 "--shareable knows the profiles dfe and nhs",
                 {},
                 options.shareable,
                 "write --shareable=dfe or --shareable=nhs",
                 {}}};
    const auto document = findings::read_document(text, options.file);
    if (!document) return document.errors();
    if (const auto missing = platform::why_missing<disclosure::Solver>()) return {*missing};
    text = disclosure::shareable_json(*document, *profile, platform::late<disclosure::Solver>());
    return {};
}

int report(const Options& options) {
    const auto renderer = reports::find_renderer(options.format);
    auto text = read_input(options.file);
    Diagnostics errors;
    if (!renderer) errors.insert(errors.end(), renderer.errors().begin(), renderer.errors().end());
    if (!text) errors.insert(errors.end(), text.errors().begin(), text.errors().end());
    if (renderer && options.file != "-") {
        const auto overwritten = refuse_overwriting({{"the report", options.file}},
                                                    {{"--output", options.output, (*renderer)->folder}});
        errors.insert(errors.end(), overwritten.begin(), overwritten.end());
    }
    if (errors.empty() && !options.shareable.empty()) errors = make_shareable(options, *text);
    if (errors.empty())
        errors = write_reports({{*renderer, options.output}}, *text,
                               options.file == "-" ? "standard input" : options.file);
    print(errors);
    const bool lost = std::any_of(errors.begin(), errors.end(),
                                  [](const Diagnostic& error) { return error.code == "output.write"; });
    return errors.empty() ? Exit::clean : lost ? Exit::incomplete : Exit::wrong;
}

}  // namespace

Action add_report(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "report", "Make a report of a findings document: a page, a worklist, a log for CI");
    command->add_option("findings", options->file, "A findings document, JSON or NDJSON; - is standard input")
        ->required();
    command->add_option("--format", options->format, "Which report; `caseaudit list reports` shows all")
        ->required();
    command
        ->add_option("--output", options->output,
                     "Where it goes: a file, a folder for reports of several files, or - for standard output")
        ->capture_default_str();
    command->add_flag(
        "--shareable{dfe}", options->shareable,
        "Measures only, with small counts kept back; the profile, dfe or nhs, follows an = sign");
    return [options]() -> int { return report(*options); };
}

}  // namespace caseaudit::cli
