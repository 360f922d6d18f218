#include "engine/run.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "engine/availability.h"
#include "engine/worker.h"

namespace caseaudit::engine {
namespace {

using casebook::Casebook;

std::vector<Job> jobs_of(const std::vector<Plan>& plans, const Casebook& casebook,
                         const std::vector<RuleOutcome>& outcomes) {
    std::vector<Job> jobs;
    std::uint32_t rule = 0;
    for (std::size_t p = 0; p < plans.size(); ++p)
        for (const auto& planned : plans[p].rules) {
            if (outcomes[rule].status == Status::ran)
                for (const auto& part : planned.parts)
                    if (lacking(planned.rule->optional, part.needs, plans[p].compiler->alternatives(),
                                casebook)
                            .empty())
                        jobs.push_back({&part, rule, p});
            ++rule;
        }
    return jobs;
}

std::vector<MeasureJob> measures_of(const std::vector<Plan>& plans, const Casebook& casebook,
                                    std::vector<MeasureOutcome>& outcomes) {
    std::vector<MeasureJob> jobs;
    for (std::size_t p = 0; p < plans.size(); ++p)
        for (const auto& planned : plans[p].measures) {
            const std::string reason = planned.skipped.empty()
                                           ? lacking(planned.measure->optional, planned.needs,
                                                     plans[p].compiler->alternatives(), casebook)
                                           : planned.skipped;
            if (reason.empty()) jobs.push_back({&planned, outcomes.size(), p});
            // The same shape as a measure that was counted, with the reason and no groups.
            auto& outcome = outcomes.emplace_back(MeasureTally{}.outcome(planned));
            outcome.skipped = reason;
            outcome.groups.clear();
        }
    return jobs;
}

// What each job of a plan evaluates for every row, in the order of the jobs.
std::vector<std::vector<expression::NodeId>> nodes_of(const Work& work, std::size_t plan) {
    std::vector<std::vector<expression::NodeId>> nodes;
    for (const Job& job : work.jobs) {
        if (job.plan != plan) continue;
        auto& mine = nodes.emplace_back(job.part->except);
        if (job.part->where >= 0) mine.push_back(job.part->where);
        for (const auto& column : job.part->columns) {
            mine.push_back(column.value);
            if (column.off_list >= 0) mine.push_back(column.off_list);
        }
    }
    for (const MeasureJob& job : work.measures) {
        if (job.plan != plan) continue;
        auto& mine = nodes.emplace_back(job.measure->except);
        for (const auto node : {job.measure->where, job.measure->met, job.measure->value})
            if (node >= 0) mine.push_back(node);
        mine.insert(mine.end(), job.measure->by.begin(), job.measure->by.end());
    }
    return nodes;
}

Work prepare_work(const std::vector<Plan>& plans, const Casebook& casebook,
                  const std::vector<RuleOutcome>& outcomes, std::vector<MeasureOutcome>& measures) {
    Work work;
    work.jobs = jobs_of(plans, casebook, outcomes);
    work.measures = measures_of(plans, casebook, measures);
    work.rules = outcomes.size();
    work.measure_count = measures.size();
    for (std::size_t p = 0; p < plans.size(); ++p) {
        work.bound.push_back(
            std::make_unique<expression::Bound>(plans[p].compiler->graph(), casebook, plans[p].environment));
        work.bound.back()->plan(nodes_of(work, p));
    }
    return work;
}

void add_up(const Tally& tally, std::vector<RuleOutcome>& outcomes,
            std::vector<std::optional<Trouble>>& trouble, std::vector<SkippedRows>& skipped) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const RuleCounts& counts = tally.counts[i];
        outcomes[i].population += counts.population;
        outcomes[i].failed += counts.failed;
        outcomes[i].undecided += counts.undecided;
        outcomes[i].scope_undecided += counts.scope_undecided;
        outcomes[i].nanoseconds += counts.nanoseconds;
        const auto& mine = tally.trouble[i];
        if (mine && (!trouble[i] || mine->range < trouble[i]->range)) trouble[i] = mine;
        const auto& rows = tally.skipped[i];
        skipped[i].broke_on.insert(skipped[i].broke_on.end(), rows.broke_on.begin(), rows.broke_on.end());
        skipped[i].unasked += rows.unasked;
        if (rows.unasked != 0) skipped[i].why_unasked = rows.why_unasked;
    }
}

UnjudgedRecord named(const Skipped& skipped, const Casebook& casebook) {
    auto cause = skipped.words.empty() ? skipped.cause : fmt::format("{}: {}", skipped.cause, skipped.words);
    if (skipped.table < 0) return {"", "", std::uint64_t{skipped.row} + 1, 0, std::move(cause)};
    const auto origin = casebook.origin(skipped.table, casebook::Which::current, skipped.row);
    const std::string file(origin.file);
    return {casebook.dataset().tables[static_cast<std::size_t>(skipped.table)].label, file,
            file.empty() ? std::uint64_t{skipped.row} + 1 : origin.row, origin.line, std::move(cause)};
}

std::string place_of(const UnjudgedRecord& record) {
    if (!record.file.empty()) return fmt::format("{} line {}", record.file, record.line);
    if (!record.table.empty()) return fmt::format("row {} of table {}", record.row, record.table);
    return fmt::format("case number {}", record.row);
}

// A plugin's own words may hold values of records, whatever it was told: they are for those who may see them.
std::string without_words(const std::string& said) {
    for (const std::string_view before : {plugin::refused_to_judge, plugin::threw_while_judging})
        if (said.starts_with(before))
            return fmt::format("{}its words may hold values, and are told with --identifiable", before);
    return said;
}

// In an order of the records' own, whichever thread met which of them first.
void tell_skipped(SkippedRows& skipped, const Casebook& casebook, bool show_words, RuleOutcome& outcome) {
    std::vector<std::string> reasons;
    if (!outcome.reason.empty()) reasons.push_back(outcome.reason);
    if (!skipped.broke_on.empty()) {
        std::sort(skipped.broke_on.begin(), skipped.broke_on.end());
        if (!show_words)
            for (auto& one : skipped.broke_on) one.words = without_words(one.words);
        for (const auto& one : skipped.broke_on) outcome.broke_on.push_back(named(one, casebook));
        const auto& first = skipped.broke_on.front();
        const auto count = outcome.broke_on.size();
        reasons.push_back(fmt::format("{} could not be judged: {} at {}{}{}{}",
                                      count == 1 ? "1 record" : fmt::format("{} records", count), first.cause,
                                      place_of(outcome.broke_on.front()),
                                      count == 1 ? "" : ", the first of them",
                                      first.words.empty() ? "" : ": ", first.words));
    }
    if (skipped.unasked != 0)
        reasons.push_back(
            fmt::format("{} records were not judged: {}", skipped.unasked, skipped.why_unasked));
    outcome.unjudged = skipped.broke_on.size() + skipped.unasked;
    if (outcome.unjudged == 0) return;
    outcome.reason = fmt::format("{}", fmt::join(reasons, "; "));
    outcome.status = Status::failed;
}

void conclude(std::vector<RuleOutcome>& outcomes, const std::vector<std::optional<Trouble>>& trouble,
              std::vector<SkippedRows>& skipped, const Casebook& casebook, bool show_words) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto& outcome = outcomes[i];
        outcome.passed = outcome.population - outcome.failed - outcome.undecided;
        if (trouble[i]) {
            outcome.status = Status::failed;
            outcome.reason = show_words ? trouble[i]->text : without_words(trouble[i]->text);
        }
        tell_skipped(skipped[i], casebook, show_words, outcome);
    }
}

// Few cases make smaller ranges, so that two threads or four share them evenly.
std::uint32_t cases_per_range(const RunOptions& options, std::uint32_t cases) {
    constexpr std::uint32_t fewest = 256;
    return std::max(1u, std::min(options.cases_per_range, std::max(fewest, (cases + 3) / 4)));
}

// Of which places all findings have been taken, while ranges are judged in any order.
class Taken {
  public:
    Taken(const Casebook& casebook, std::size_t ranges, std::uint32_t step)
        : judged_(ranges, 0), least_(ranges + 1, UINT64_MAX) {
        for (std::size_t range = ranges; range-- > 0;) {
            const auto begin =
                static_cast<std::uint32_t>(std::min<std::size_t>(range * step, casebook.cases()));
            const std::uint32_t end = begin + std::min(step, casebook.cases() - begin);
            least_[range] = std::min(least_[range + 1], casebook.least_place(begin, end));
        }
    }
    void add(std::size_t range, FindingConsumer& consumer) {
        const std::lock_guard lock(mutex_);
        judged_[range] = 1;
        const std::uint64_t before = least_[first_];
        while (first_ < judged_.size() && judged_[first_] != 0) ++first_;
        if (least_[first_] != before) consumer.taken_before(least_[first_]);
    }

  private:
    std::mutex mutex_;
    std::vector<std::uint8_t> judged_;  // by range
    std::vector<std::uint64_t> least_;  // the first place of this range and all after it
    std::size_t first_ = 0;             // that is not judged
};

}  // namespace

std::vector<RuleOutcome> prepare(const std::vector<Plan>& plans, const Casebook& casebook) {
    std::vector<RuleOutcome> outcomes;
    for (const auto& plan : plans) {
        for (const auto& planned : plan.rules) {
            const auto& rule = *planned.rule;
            auto& outcome = outcomes.emplace_back();
            outcome.pack = plan.pack->pack.id;
            outcome.rule = rule.id;
            outcome.title = rule.title;
            outcome.severity = rulepack::name(rule.severity);
            outcome.dimension = rulepack::name(rule.dimension);
            outcome.source = rule.source;
            outcome.remedy = rule.remedy;
            outcome.module = rule.module;
            outcome.tags = rule.tags;
            outcome.reason = planned.skipped.empty()
                                 ? lacking(planned, plan.compiler->alternatives(), casebook)
                                 : planned.skipped;
            if (!outcome.reason.empty()) outcome.status = Status::skipped;
        }
    }
    return outcomes;
}

std::size_t ranges(const Casebook& casebook, const RunOptions& options) {
    const std::size_t step = cases_per_range(options, casebook.cases());
    return std::max<std::size_t>(1, (std::size_t{casebook.cases()} + step - 1) / step);
}

std::vector<MeasureOutcome> run(const std::vector<Plan>& plans, const Casebook& casebook,
                                const RunOptions& options, std::vector<RuleOutcome>& outcomes,
                                FindingConsumer& consumer) {
    std::vector<MeasureOutcome> measures;
    Work work = prepare_work(plans, casebook, outcomes, measures);
    if (!options.show_identifiers) work.discretion = std::make_unique<Discretion>(casebook);
    tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers;
    const std::uint32_t step = cases_per_range(options, casebook.cases());
    Taken taken(casebook, ranges(casebook, options), step);
    // Ranges are begun in their order, whichever of them a thread is given: little waits for its turn.
    std::atomic<std::size_t> begun = 0;
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, ranges(casebook, options), 1),
        [&](const tbb::blocked_range<std::size_t>& mine) {
            auto& worker = workers.local();
            if (!worker) worker = std::make_unique<Worker>(work, casebook, options, consumer);
            for (std::size_t i = mine.begin(); i < mine.end(); ++i) {
                const std::size_t range = begun++;
                const auto begin = static_cast<std::uint32_t>(range * step);
                const auto end = static_cast<std::uint32_t>(
                    std::min<std::size_t>(casebook.cases(), std::size_t{begin} + step));
                worker->judge(range, begin, end);
                taken.add(range, consumer);
            }
        },
        tbb::simple_partitioner());
    std::vector<std::optional<Trouble>> trouble(outcomes.size());
    std::vector<SkippedRows> skipped(outcomes.size());
    for (const auto& worker : workers) add_up(worker->tally(), outcomes, trouble, skipped);
    conclude(outcomes, trouble, skipped, casebook, options.show_identifiers);
    tbb::parallel_for(std::size_t{0}, work.measures.size(), [&](std::size_t i) {
        const MeasureJob& job = work.measures[i];
        MeasureTally all;
        for (const auto& worker : workers) all.add(worker->tally().measures[job.number]);
        measures[job.number] = all.outcome(*job.measure);
    });
    // Taking them apart takes a while.
    std::vector<std::unique_ptr<Worker>> done(std::make_move_iterator(workers.begin()),
                                              std::make_move_iterator(workers.end()));
    tbb::parallel_for(std::size_t{0}, done.size(), [&](std::size_t i) { done[i].reset(); });
    return measures;
}

}  // namespace caseaudit::engine
