#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "casebook/load.h"
#include "cli/command.h"
#include "cli/destinations.h"
#include "cli/escalation_plan.h"
#include "cli/finding_writer.h"
#include "cli/output_target.h"
#include "cli/progress.h"
#include "cli/report_files.h"
#include "cli/run_description.h"
#include "cli/run_options.h"
#include "cli/run_packs.h"
#include "cli/run_request.h"
#include "cli/surroundings.h"
#include "cli/threshold_plan.h"
#include "cli/timings.h"
#include "cli/verdict.h"
#include "engine/fields_read.h"
#include "engine/run.h"
#include "engine/timeline.h"
#include "platform/do_both.h"
#include "platform/process.h"
#include "platform/threads_apart.h"

namespace caseaudit::cli {
namespace {

std::int64_t nanoseconds() {
    return platform::system_clock().nanoseconds();
}

// Other programs on the machine do not count in the times of rules.
std::int64_t thread_nanoseconds() {
    return platform::system_clock().thread_nanoseconds();
}

// One run from options to exit status.
class Run {
  public:
    explicit Run(const RunOptions& options) : options_(options), life_(options.life) {}

    int operator()(std::size_t threads) {
        apart_.emplace(threads);
        const int status = audit();
        life_.end();
        return status;
    }

  private:
    int audit() {
        const std::int64_t begun = nanoseconds();
        if (!read_options() || !open_and_load_packs() || !load_and_plan() || !read_life()) return Exit::wrong;
        OutputTarget target;
        if (const auto errors =
                target.open(request_.rendered ? "" : options_.output, !request_.reports.empty());
            !errors.empty()) {
            print(errors);
            return Exit::wrong;
        }
        findings::DocumentWriter document(request_.form, target, info_, outcomes_, request_.fingerprint,
                                          spool_folder(),
                                          escalation_plan(packs_.packs, outcomes_, as_at_.day), life_.life());
        FindingWriter writer(document, extract_->casebook, timelines_, options_.identifiable, progress_);
        judge(writer);
        if (!write(document, target)) return Exit::incomplete;
        progress_.end();
        const std::int64_t took = nanoseconds() - begun;
        const Verdict end =
            verdict(outcomes_, rejected_.size(), {request_.fail_on, thresholds_, thresholds_judged_});
        tell(document.waivers(outcomes_), document.cases_with(), took, end);
        if (!options_.timings.empty() &&
            fails(write_timings(options_.timings, plans_, extract_->casebook, outcomes_, took)))
            return Exit::incomplete;
        return end.status;
    }

    static bool fails(const Diagnostics& errors) {
        print(errors);
        return !errors.empty();
    }

    bool read_options() {
        auto request = read_request(options_);
        if (!request) return !fails(request.errors());
        request_ = *std::move(request);
        return true;
    }

    bool open_and_load_packs() {
        bool loaded = false;
        platform::do_both(
            [&] {
                early_ = casebook::EarlyFiles::open({options_.input, options_.prior, {}});
            },
            [&] { loaded = take_packs(); });
        return loaded;
    }

    bool take_packs() {
        auto packs = load_packs(options_, request_);
        if (!packs) return !fails(packs.errors());
        packs_ = *std::move(packs);
        auto thresholds = threshold_plan(packs_.packs, options_.fail_if);
        if (!thresholds) return !fails(thresholds.errors());
        thresholds_ = *std::move(thresholds);
        as_at_ = choose_as_at(request_, packs_);
        return load_timelines();
    }

    bool load_timelines() {
        bool wanted = options_.timeline;
        for (const auto& report : request_.reports) wanted |= report.renderer->timelines;
        if (!wanted) return true;
        auto kinds = dataset::load_timelines(shared_dataset().file);
        if (!kinds) return !fails(kinds.errors());
        timelines_ = *std::move(kinds);
        return true;
    }

    bool load_and_plan() {
        Diagnostics errors;
        const casebook::LoadRequest request{options_.input, options_.prior, request_.references,
                                            files_named(options_, request_.reports)};
        std::optional<Result<casebook::ExtractFiles>> files;
        bool is_small = false;
        progress_.stage("Reading the extract");
        platform::do_both(
            [&] {
                files.emplace(casebook::ExtractFiles::open(shared_dataset(), request, std::move(early_)));
                if (*files) is_small = (*files)->read_if_small();
            },
            [&] { errors = plan(); });
        if (!is_small) apart_.reset();
        const auto add = [&](const Diagnostics& more) {
            errors.insert(errors.end(), more.begin(), more.end());
        };
        if (!*files) add(files->errors());
        add(refuse_overwriting(options_, request_.reports, request_.rendered, packs_.files, registry_));
        if (fails(errors)) return false;
        auto used = engine::fields_read(plans_, shared_dataset());
        if (timelines_) engine::add_timeline_fields(*timelines_, used);
        auto loaded = std::move(**files).load(used);
        if (!loaded) return !fails(loaded.errors());
        extract_.emplace(*std::move(loaded));
        return true;
    }

    Diagnostics plan() {
        std::vector<const rulepack::Pack*> packs;
        for (const auto& pack : packs_.packs) packs.push_back(&pack->pack);
        auto errors = load_plugins(options_.plugins, packs, registry_);
        for (const auto& pack : packs_.packs) {
            auto planned =
                engine::plan(*pack, registry_, {as_at_.day, {options_.rules.begin(), options_.rules.end()}});
            if (planned)
                plans_.push_back(*std::move(planned));
            else
                errors.insert(errors.end(), planned.errors().begin(), planned.errors().end());
        }
        return errors;
    }

    // What the extract turned out to be, and what is known of its findings from before.
    bool read_life() {
        outcomes_ = engine::prepare(plans_, extract_->casebook);
        info_ =
            describe_run(options_, request_, packs_, registry_, *extract_, as_at_, timelines_.has_value());
        rejected_ = describe_rejected(*extract_);
        extract_->rejected = {};
        if (!options_.life.history.empty()) progress_.stage("Reading the history");
        return !fails(life_.read(info_, outcomes_, packs_.packs, as_at_.day));
    }

    void judge(FindingWriter& writer) {
        engine::RunOptions run_options;
        run_options.show_identifiers = options_.identifiable;
        run_options.case_name = [this](std::string_view key) { return request_.fingerprint.pseudonym(key); };
        if (tells_summary() || !options_.timings.empty()) run_options.nanoseconds = thread_nanoseconds;
        progress_.stage("Auditing", engine::ranges(extract_->casebook, run_options));
        measures_ = engine::run(plans_, extract_->casebook, run_options, outcomes_, writer);
    }

    bool write(findings::DocumentWriter& document, OutputTarget& target) {
        progress_.stage("Writing");
        Diagnostics errors;
        // To give the extract's memory back takes as long as to write what was found in it.
        platform::do_both([&] { errors = finish(document, target); },
                          [&] {
                              if (options_.timings.empty()) extract_.reset();
                          });
        return !fails(errors);
    }

    Diagnostics finish(findings::DocumentWriter& document, OutputTarget& target) {
        document.count_standing(outcomes_);
        thresholds_judged_ = thresholds_.judge(outcomes_);
        auto errors = life_.add_trends(measures_);
        if (errors.empty()) errors = document.finish(outcomes_, measures_, thresholds_judged_, rejected_);
        if (errors.empty()) errors = life_.add(outcomes_, document.take_seen(), measures_, rejected_.empty());
        if (errors.empty()) errors = target.commit();
        if (errors.empty()) errors = life_.commit();
        if (errors.empty())
            errors = write_reports(request_.reports, target.kept(), "the document of this run");
        return errors;
    }

    const dataset::Dataset& shared_dataset() const { return packs_.packs.front()->dataset; }

    std::string spool_folder() const {
        if (options_.output == "-") return std::filesystem::temp_directory_path().string();
        const auto folder = std::filesystem::path(options_.output).parent_path();
        return folder.empty() ? "." : folder.string();
    }

    // With the findings in a file the summary goes to standard output; otherwise only to a terminal.
    bool tells_summary() const {
        return !options_.quiet && (options_.output != "-" || isatty(STDERR_FILENO) == 1);
    }

    void tell(const std::vector<findings::WaiverInfo>& waivers, std::uint64_t cases_with, std::int64_t took,
              const Verdict& end) const {
        if (!tells_summary()) return;
        const bool to_file = options_.output != "-";
        reports::Totals totals;
        totals.waivers = waivers;
        totals.cases_with = cases_with;
        for (const auto& input : info_.inputs) totals.records += input.rows;
        totals.output = to_file && !request_.rendered ? options_.output : "";
        totals.seconds = static_cast<double>(took) / 1e9;
        totals.verdict = fmt::format("{}: {}", static_cast<int>(end.status), end.why);
        auto shown = style(!to_file);
        shown.verbose = options_.verbose;
        std::fputs(reports::summary(info_, outcomes_, measures_, thresholds_judged_, rejected_, totals, shown)
                       .c_str(),
                   to_file ? stdout : stderr);
    }

    const RunOptions& options_;
    RunRequest request_;
    Progress progress_{!options_.quiet};
    std::optional<platform::ThreadsApart> apart_;  // as long as the extract may be a small one
    LifeOfFindings life_;
    RunPacks packs_;  // plans point into them
    AsAt as_at_;
    plugin::Registry registry_;
    std::vector<engine::Plan> plans_;
    std::optional<dataset::Timelines> timelines_;  // none: the document has no timelines
    casebook::EarlyFiles early_;
    std::optional<casebook::LoadedExtract> extract_;
    findings::Thresholds thresholds_;
    findings::RunInfo info_;
    std::vector<RuleOutcome> outcomes_;
    std::vector<MeasureOutcome> measures_;
    std::vector<findings::ThresholdOutcome> thresholds_judged_;
    std::vector<findings::RejectedInfo> rejected_;
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
        return (*audit)(threads);
    };
}

}  // namespace caseaudit::cli
