#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <unordered_map>

#include "casebook/load.h"
#include "cli/command.h"
#include "cli/destinations.h"
#include "cli/escalation_plan.h"
#include "cli/output_target.h"
#include "cli/pack_inspection.h"
#include "cli/progress.h"
#include "cli/report_files.h"
#include "cli/run_options.h"
#include "cli/run_parameters.h"
#include "cli/surroundings.h"
#include "cli/threshold_plan.h"
#include "cli/timings.h"
#include "engine/fields_read.h"
#include "engine/run.h"
#include "engine/timeline.h"
#include "findings/key_file.h"
#include "platform/do_both.h"
#include "platform/process.h"
#include "rulepack/collections.h"

namespace caseaudit::cli {
namespace {

std::int64_t nanoseconds() {
    return platform::system_clock().nanoseconds();
}

// Other programs on the machine do not count in the times of rules.
std::int64_t thread_nanoseconds() {
    return platform::system_clock().thread_nanoseconds();
}

class Writer : public engine::FindingConsumer {
  public:
    // With `kinds` the timelines of the cases with findings are written too.
    Writer(findings::DocumentWriter& document, const casebook::Casebook& casebook,
           const std::optional<dataset::Timelines>& kinds, bool show_identifiers, Progress& progress)
        : document_(document), casebook_(casebook), kinds_(kinds), progress_(progress) {
        if (!show_identifiers) discretion_.emplace(casebook);
    }
    void take(std::size_t range, std::vector<Finding>&& findings, bool more) override {
        const std::string case_before = end_of_piece(range, findings, more);
        document_.add(range, findings,
                      kinds_ ? engine::timelines(casebook_, *kinds_, findings,
                                                 discretion_ ? &*discretion_ : nullptr, case_before)
                             : std::vector<Timeline>(),
                      more);
        if (!more) progress_.step();
        std::string_view last = case_before;
        std::uint64_t cases = 0;
        for (const auto& finding : findings) {
            cases += finding.case_key != last;
            last = finding.case_key;
        }
        const std::lock_guard lock(mutex_);
        cases_with_ += cases;
    }
    void taken_before(std::uint64_t place) override { document_.taken_before(place); }
    std::uint64_t cases_with() const { return cases_with_; }

  private:
    // The case that the piece before ended with, which may go on in this one; "" when this is the first.
    std::string end_of_piece(std::size_t range, const std::vector<Finding>& findings, bool more) {
        const std::lock_guard lock(mutex_);
        const auto before = last_cases_.extract(range);
        std::string last = before.empty() ? "" : before.mapped();
        if (more) last_cases_[range] = findings.empty() ? last : findings.back().case_key;
        return last;
    }

    findings::DocumentWriter& document_;
    const casebook::Casebook& casebook_;
    const std::optional<dataset::Timelines>& kinds_;
    std::optional<engine::Discretion> discretion_;  // of timelines
    Progress& progress_;
    std::mutex mutex_;
    std::unordered_map<std::size_t, std::string> last_cases_;  // of ranges of which more will come
    std::uint64_t cases_with_ = 0;
};

// What a run ends with.
struct Verdict {
    Exit status = Exit::clean;
    std::string why;
};

// One run from options to exit status.
class Run {
  public:
    explicit Run(const RunOptions& options) : options_(options), life_(options.life) {}

    int operator()() {
        const int status = audit();
        life_.end();
        return status;
    }

  private:
    int audit() {
        const std::int64_t begun = nanoseconds();
        if (!read_options() || !open_and_load_packs()) return Exit::wrong;
        if (!load_and_plan()) return Exit::wrong;
        auto outcomes = engine::prepare(plans_, extract_->casebook);
        describe();
        if (!options_.life.history.empty()) progress_.stage("Reading the history");
        if (const auto errors = life_.read(info_, outcomes, *as_at_); !errors.empty()) {
            print(errors);
            return Exit::wrong;
        }
        OutputTarget target;
        if (const auto errors = target.open(rendered_ ? "" : options_.output, !reports_.empty());
            !errors.empty()) {
            print(errors);
            return Exit::wrong;
        }
        findings::DocumentWriter document(form_, target, info_, outcomes, fingerprint_, spool_folder(),
                                          escalation_plan(packs_, outcomes, *as_at_), life_.life());
        Writer writer(document, extract_->casebook, timelines_, options_.identifiable, progress_);
        engine::RunOptions run_options;
        run_options.show_identifiers = options_.identifiable;
        run_options.case_name = [this](std::string_view key) { return fingerprint_.pseudonym(key); };
        if (tells_summary() || !options_.timings.empty()) run_options.nanoseconds = thread_nanoseconds;
        progress_.stage("Auditing", engine::ranges(extract_->casebook, run_options));
        auto measures = engine::run(plans_, extract_->casebook, run_options, outcomes, writer);
        progress_.stage("Writing");
        Diagnostics errors;
        // To give the extract's memory back takes as long as to write what was found in it.
        platform::do_both(
            [&] {
                document.count_standing(outcomes);
                thresholds_judged_ = thresholds_.judge(outcomes);
                errors = life_.add_trends(measures);
                if (errors.empty())
                    errors = document.finish(outcomes, measures, thresholds_judged_, rejected_);
                if (errors.empty())
                    errors = life_.add(outcomes, document.take_seen(), measures, rejected_.empty());
                if (errors.empty()) errors = target.commit();
                if (errors.empty()) errors = life_.commit();
                if (errors.empty())
                    errors = write_reports(reports_, target.kept(), "the document of this run");
            },
            [&] {
                if (options_.timings.empty()) extract_.reset();
            });
        if (!errors.empty()) {
            print(errors);
            return Exit::incomplete;
        }
        progress_.end();
        const std::int64_t took = nanoseconds() - begun;
        const Verdict end = verdict(outcomes);
        tell(outcomes, measures, document.waivers(), writer.cases_with(), took, end);
        if (!options_.timings.empty()) {
            errors = write_timings(options_.timings, plans_, extract_->casebook, outcomes, took);
            if (!errors.empty()) {
                print(errors);
                return Exit::incomplete;
            }
        }
        return end.status;
    }

    bool fail(const Diagnostics& errors) {
        print(errors);
        return false;
    }
    bool fail(std::string code, std::string message, std::string fragment, std::string hint) {
        return fail(
            {Diagnostic{std::move(code), std::move(message), {}, std::move(fragment), std::move(hint), {}}});
    }

    bool read_options() {
        if (!read_format()) return false;
        if (options_.fail_on != "never") {
            fail_on_ = rulepack::parse_severity(options_.fail_on);
            if (!fail_on_)
                return fail("command.severity", "--fail-on takes a severity or never", options_.fail_on,
                            "critical, high, medium, low, info or never");
        }
        calendar::Day day = 0;
        if (!options_.as_at.empty() && !calendar::parse_iso(options_.as_at, day))
            return fail("command.date", "--as-at takes a day as YYYY-MM-DD", options_.as_at,
                        "for example --as-at 2026-03-31");
        if (!options_.as_at.empty()) as_at_ = day;
        if (!options_.key_file.empty()) {
            auto key = findings::read_key(options_.key_file);
            if (!key) return fail(key.errors());
            fingerprint_ = findings::Fingerprint(std::move(*key));
        }
        return true;
    }

    // The document as JSON or NDJSON, or, with the format of a report, that report in its place.
    bool read_format() {
        auto requests = options_.reports;
        rendered_ = options_.format != "json" && options_.format != "ndjson";
        if (rendered_) requests.push_back(options_.format + "=" + options_.output);
        form_ = options_.format == "ndjson" ? findings::Form::ndjson : findings::Form::json;
        auto reports = read_report_requests(requests);
        if (!reports) return fail(reports.errors());
        reports_ = std::move(*reports);
        return true;
    }

    bool open_and_load_packs() {
        bool loaded = false;
        platform::do_both(
            [&] {
                early_ = casebook::EarlyFiles::open({options_.input, options_.prior, {}});
            },
            [&] { loaded = load_packs(); });
        return loaded;
    }

    bool load_packs() {
        rulepack::LoadOptions load_options;
        auto settings = read_pairs(options_.settings, "--set");
        auto references = read_pairs(options_.references, "--reference");
        if (!settings) return fail(settings.errors());
        if (!references) return fail(references.errors());
        references_ = *references;
        Diagnostics errors;
        bool all_good = true;
        const auto year = settings->find("collection_year");
        std::vector<std::size_t> chosen_by_year;
        for (const auto& name : options_.packs) {
            auto pack = rulepack::load(name, search_path(), load_options);
            all_good = all_good && pack;
            if (pack) pack_files_.insert(pack_files_.end(), pack->files.begin(), pack->files.end());
            if (pack && year != settings->end() && !pack->pack.collections.empty()) {
                chosen_by_year.push_back(packs_.size());
                pack = rulepack::load_collection(pack->pack, year->second, search_path(), load_options);
                if (pack) pack_files_.insert(pack_files_.end(), pack->files.begin(), pack->files.end());
            }
            if (pack)
                packs_.push_back(std::make_unique<rulepack::LoadedPack>(std::move(*pack)));
            else
                errors.insert(errors.end(), pack.errors().begin(), pack.errors().end());
        }
        if (!all_good) return fail(errors_of_packs(options_.packs, load_options, options_.plugins));
        for (std::size_t i = 1; i < packs_.size() && errors.empty(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (packs_[i]->pack.id == packs_[k]->pack.id)
                    errors.push_back({"command.packs",
                                      fmt::format("the pack {} is given twice", packs_[i]->pack.id),
                                      {},
                                      {},
                                      "name each pack once",
                                      {}});
        if (!errors.empty()) return fail(errors);
        std::vector<rulepack::Pack*> packs;
        for (const auto& pack : packs_) packs.push_back(&pack->pack);
        if (!chosen_by_year.empty()) {
            settings->erase(year);
            for (std::size_t i = 0; i < packs.size(); ++i)
                if (std::ranges::find(chosen_by_year, i) == chosen_by_year.end())
                    rulepack::judge_same_collection(*packs[chosen_by_year.front()], *packs[i]);
        }
        errors = rulepack::set_parameters(packs, *settings);
        if (!errors.empty()) return fail(errors);
        for (const auto& pack : packs_)
            if (pack->dataset.id != packs_.front()->dataset.id)
                return fail("command.datasets",
                            fmt::format("packs {} and {} are for different datasets ({} and {})",
                                        packs_.front()->pack.id, pack->pack.id, packs_.front()->dataset.id,
                                        pack->dataset.id),
                            {}, "run them one by one, each over its own extract");
        auto thresholds = threshold_plan(packs_, options_.fail_if);
        if (!thresholds) return fail(thresholds.errors());
        thresholds_ = std::move(*thresholds);
        choose_as_at();
        return load_timelines();
    }

    bool load_timelines() {
        bool wanted = options_.timeline;
        for (const auto& report : reports_) wanted |= report.renderer->timelines;
        if (!wanted) return true;
        auto kinds = dataset::load_timelines(packs_.front()->dataset.file);
        if (!kinds) return fail(kinds.errors());
        timelines_ = std::move(*kinds);
        return true;
    }

    void choose_as_at() {
        as_at_source_ = "given";
        if (as_at_) return;
        as_at_ = rulepack::environment(*packs_.front(), 0).collection_end;
        as_at_source_ = "collection end";
        if (as_at_) return;
        as_at_ = platform::system_clock().today();
        as_at_source_ = "today";
    }

    bool load_and_plan() {
        Diagnostics errors;
        const casebook::LoadRequest request{options_.input, options_.prior, references_,
                                            files_named(options_, reports_)};
        std::optional<Result<casebook::ExtractFiles>> files;
        progress_.stage("Reading the extract");
        platform::do_both(
            [&] {
                files.emplace(
                    casebook::ExtractFiles::open(packs_.front()->dataset, request, std::move(early_)));
                if (*files) (*files)->read_if_small();
            },
            [&] {
                std::vector<const rulepack::Pack*> packs;
                for (const auto& pack : packs_) packs.push_back(&pack->pack);
                errors = load_plugins(options_.plugins, packs, registry_);
                for (const auto& pack : packs_) {
                    auto planned = engine::plan(*pack, registry_,
                                                {*as_at_, {options_.rules.begin(), options_.rules.end()}});
                    if (planned)
                        plans_.push_back(std::move(*planned));
                    else
                        errors.insert(errors.end(), planned.errors().begin(), planned.errors().end());
                }
            });
        if (!*files) errors.insert(errors.end(), files->errors().begin(), files->errors().end());
        const auto overwritten = refuse_overwriting(options_, reports_, rendered_, pack_files_, registry_);
        errors.insert(errors.end(), overwritten.begin(), overwritten.end());
        if (!errors.empty()) return fail(errors);
        auto used = engine::fields_read(plans_, packs_.front()->dataset);
        if (timelines_) engine::add_timeline_fields(*timelines_, used);
        auto loaded = std::move(**files).load(used);
        if (!loaded) return fail(loaded.errors());
        extract_.emplace(std::move(*loaded));
        return true;
    }

    void describe() {
        info_.tool_version = CASEAUDIT_VERSION;
        info_.as_at = calendar::to_iso(*as_at_);
        info_.as_at_source = as_at_source_;
        info_.dataset = packs_.front()->dataset.id;
        info_.cases = extract_->casebook.cases();
        info_.key_id = fingerprint_.key_id();
        info_.identifiers_shown = options_.identifiable;
        info_.timelines = timelines_.has_value();
        tell_privacy();
        for (const auto& pack : packs_)
            info_.packs.push_back({pack->pack.id, pack->pack.version, pack->pack.sha256, pack->pack.title});
        info_.parameters = run_parameters(packs_);
        for (const auto& plugin : registry_.plugins())
            info_.plugins.push_back({plugin.name, plugin.version, plugin.sha256});
        for (const auto& input : extract_->inputs) {
            info_.inputs.push_back({input.table, input.which == casebook::Which::prior ? "prior" : "current",
                                    input.file, input.sha256, input.encoding, input.rows, input.rejected});
            records_ += input.rows;
        }
        for (const auto& note : extract_->notes) {
            auto text =
                note.place.file.empty() ? note.message : fmt::format("{}: {}", note.place.file, note.message);
            if (!note.hint.empty()) text += "; " + note.hint;
            info_.notes.push_back(std::move(text));
        }
        rejected_.reserve(extract_->rejected.size());
        for (std::size_t i = 0; i < extract_->rejected.size(); ++i) {
            const auto& rejected = extract_->rejected[i];
            rejected_.push_back({i < extract_->rejected_of_current ? "current" : "prior", rejected.file,
                                 rejected.line, rejected.row, rejected.column, rejected.reason});
        }
        extract_->rejected = {};
    }

    void tell_privacy() {
        if (options_.identifiable)
            info_.notes.emplace_back(
                "identifiable: this document holds case numbers and what else identifies a child, as they "
                "stand in the extract; keep it where the extract may be kept");
        else if (!fingerprint_.own_key())
            info_.notes.emplace_back(
                "case numbers are replaced by pseudonyms of the built-in key, which everybody knows: whoever "
                "knows how case numbers are made could try them all; make a key with 'caseaudit key new "
                "FILE' "
                "and run with --key FILE");
    }

    std::string spool_folder() const {
        if (options_.output == "-") return std::filesystem::temp_directory_path().string();
        const auto folder = std::filesystem::path(options_.output).parent_path();
        return folder.empty() ? "." : folder.string();
    }

    // With the findings in a file the summary goes to standard output; otherwise only to a terminal.
    bool tells_summary() const {
        return !options_.quiet && (options_.output != "-" || isatty(STDERR_FILENO) == 1);
    }

    void tell(const std::vector<RuleOutcome>& outcomes, const std::vector<MeasureOutcome>& measures,
              const std::vector<findings::WaiverInfo>& waivers, std::uint64_t cases_with, std::int64_t took,
              const Verdict& end) {
        if (!tells_summary()) return;
        const bool to_file = options_.output != "-";
        reports::Totals totals;
        for (const auto& outcome : outcomes) totals.findings += outcome.failed;
        totals.waivers = waivers;
        totals.cases_with = cases_with;
        totals.records = records_;
        totals.output = to_file && !rendered_ ? options_.output : "";
        totals.seconds = static_cast<double>(took) / 1e9;
        totals.verdict = fmt::format("{}: {}", static_cast<int>(end.status), end.why);
        auto shown = style(!to_file);
        shown.verbose = options_.verbose;
        std::fputs(
            reports::summary(info_, outcomes, measures, thresholds_judged_, rejected_, totals, shown).c_str(),
            to_file ? stdout : stderr);
    }

    bool fails(const RuleOutcome& outcome) const {
        return fail_on_ && outcome.failed > outcome.known + outcome.waived && !thresholds_.covers(outcome) &&
               *rulepack::parse_severity(outcome.severity) >= *fail_on_;
    }

    Verdict verdict(const std::vector<RuleOutcome>& outcomes) const {
        const auto broken = std::count_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) {
            return outcome.status == Status::failed;
        });
        const auto exceeded = std::count_if(thresholds_judged_.begin(), thresholds_judged_.end(),
                                            [](const auto& threshold) { return threshold.exceeded; });
        const bool found = std::any_of(outcomes.begin(), outcomes.end(),
                                       [this](const auto& outcome) { return fails(outcome); });
        std::vector<std::string> why;
        if (!rejected_.empty()) why.push_back(fmt::format("rows or files not read: {}", rejected_.size()));
        if (broken != 0) why.push_back(fmt::format("rules failed: {}", broken));
        if (!why.empty())
            return {Exit::incomplete, fmt::format("the audit is not whole; {}", fmt::join(why, ", "))};
        if (found) why.push_back(fmt::format("findings of severity {} or above", options_.fail_on));
        if (exceeded != 0) why.push_back(fmt::format("thresholds exceeded: {}", exceeded));
        if (!why.empty()) return {Exit::findings, fmt::format("{}", fmt::join(why, ", "))};
        return {Exit::clean, "the audit is whole, and nothing in it fails the run"};
    }

    const RunOptions& options_;
    Progress progress_{!options_.quiet};
    LifeOfFindings life_;
    findings::Form form_ = findings::Form::json;
    bool rendered_ = false;  // a report takes the place of the document
    std::vector<ReportRequest> reports_;
    std::optional<rulepack::Severity> fail_on_;
    std::optional<calendar::Day> as_at_;
    std::string as_at_source_;
    findings::Fingerprint fingerprint_;
    std::map<std::string, std::string> references_;
    std::vector<std::unique_ptr<rulepack::LoadedPack>> packs_;  // plans point into them
    std::vector<std::string> pack_files_;
    plugin::Registry registry_;
    std::vector<engine::Plan> plans_;
    std::optional<dataset::Timelines> timelines_;  // none: the document has no timelines
    casebook::EarlyFiles early_;
    std::optional<casebook::LoadedExtract> extract_;
    findings::Thresholds thresholds_;
    std::vector<findings::ThresholdOutcome> thresholds_judged_;
    findings::RunInfo info_;
    std::vector<findings::RejectedInfo> rejected_;
    std::uint64_t records_ = 0;
};

}  // namespace

Action add_run(CLI::App& app) {
    auto options = std::make_shared<RunOptions>();
    auto* run = app.add_subcommand("run", "Audit an extract: rule packs over its records, findings out");
    add_run_options(*run, *options);
    return [options] {
        const auto threads = options->threads > 0 ? static_cast<std::size_t>(options->threads)
                                                  : std::size_t(tbb::this_task_arena::max_concurrency());
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        // What a run has built goes with the process, in whole pages: taking it apart first takes time.
        static Run* audit = nullptr;
        audit = new Run(*options);
        return (*audit)();
    };
}

}  // namespace caseaudit::cli
