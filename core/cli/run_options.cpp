#include "cli/run_options.h"

namespace caseaudit::cli {

void add_run_options(CLI::App& run, RunOptions& options) {
    run.add_option("--pack", options.packs, "Rule pack, by name or folder; may be repeated")->required();
    run.add_option("--input", options.input,
                   "The extract: a folder of files, or one file (CSV, XML, workbook)")
        ->required();
    run.add_option("--prior", options.prior, "The extract before it (last year's return)");
    run.add_option("--reference", options.references, "A reference table, NAME=PATH; may be repeated");
    run.add_option("--as-at", options.as_at,
                   "The day the audit speaks of, YYYY-MM-DD; default: the end of the collection, else today");
    run.add_option("--set", options.settings, "A pack's parameter, NAME=VALUE; may be repeated");
    run.add_option("--rule", options.rules, "Only this rule; may be repeated");
    add_plugin_options(run, options.plugins);
    run.add_option(
           "--format", options.format,
           "json, ndjson (a line each, as they come), or a report: `caseaudit list reports` shows all")
        ->capture_default_str();
    run.add_option("--report", options.reports, "A report beside the document, FORMAT=PATH; may be repeated");
    run.add_option("--output", options.output, "Where the findings go; - is standard output")
        ->capture_default_str();
    run.add_option("--fail-on", options.fail_on,
                   "Exit status 1 from this severity on: critical, high, medium, low, info or never")
        ->capture_default_str();
    run.add_option(
        "--fail-if", options.fail_if,
        "Exit status 1 when there are more: \"late-review: rate > 2 % of at least 50\", for a rule, a "
        "severity or a pack; --fail-on no longer judges these; may be repeated");
    run.add_option("--threads", options.threads, "How many threads; default: one for each processor")
        ->check(CLI::Range(1, 1024));
    run.add_option("--timings", options.timings, "Write seconds and memory to this file, as JSON");
    run.add_option("--key", options.key_file,
                   "File with this authority's key for the pseudonyms of cases and the ids of findings; "
                   "'caseaudit key new' makes one");
    run.add_option("--baseline", options.life.baseline,
                   "A findings document: report only what is new since, and count the rest");
    run.add_option("--waivers", options.life.waivers, "Findings that somebody answers for, in YAML");
    run.add_option("--history", options.life.history,
                   "A file that keeps runs, the life of findings and measures; made when there is none");
    run.add_flag("--identifiable", options.identifiable,
                 "Write case numbers, names, dates of birth, postcodes and pupil numbers into the findings");
    run.add_flag("--timeline", options.timeline,
                 "Write the dated records of each case with findings; an html report has them anyway");
    auto* quiet = run.add_flag("--quiet", options.quiet, "No summary and no progress");
    run.add_flag("--verbose", options.verbose, "Every rule, reason and rejected row in the summary")
        ->excludes(quiet);
}

}  // namespace caseaudit::cli
