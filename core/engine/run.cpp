#include "engine/run.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "engine/columns.h"
#include "engine/report.h"
#include "plugin/verdicts.h"

namespace caseaudit::engine {
namespace {

using casebook::Casebook;
using dataset::Dataset;
using expression::Need;
using expression::Which;

// ---- before the data is judged: what can run ---------------------------------------------------------

std::string need_name(const Dataset& dataset, const Need& need, bool with_field) {
    const auto& table = dataset.tables[need.table];
    std::string name = need.which == Which::prior ? "prior." + table.name : table.name;
    if (with_field && need.field >= 0) name += "." + table.fields[need.field].name;
    return name;
}

bool may_be_absent(const rulepack::Rule& rule, const Dataset& dataset, const Need& need) {
    const auto listed = [&](const std::string& name) {
        return std::any_of(rule.optional.begin(), rule.optional.end(), [&](const std::string& entry) {
            return entry == name || entry == "reference." + name;
        });
    };
    return listed(need_name(dataset, need, false)) ||
           (need.field >= 0 && listed(need_name(dataset, need, true)));
}

// Why a part cannot run over this extract; "" when it can.
std::string lacking(const rulepack::Rule& rule, const RulePart& part, const Casebook& casebook) {
    const Dataset& dataset = casebook.dataset();
    std::vector<std::string> absent;
    for (const Need& need : part.needs) {
        if (may_be_absent(rule, dataset, need)) continue;
        const auto& view = casebook.table(need.table, need.which);
        const auto& table = dataset.tables[need.table];
        std::string text;
        if (!view.present) {
            text = fmt::format("table {}{}", table.label,
                               need.which == Which::prior ? " of the prior extract" : "");
        } else if (need.field >= 0 && !view.columns[need.field].present()) {
            text = fmt::format("column {} of table {}{}", table.fields[need.field].name, table.label,
                               need.which == Which::prior ? " of the prior extract" : "");
        }
        if (!text.empty() && std::find(absent.begin(), absent.end(), text) == absent.end())
            absent.push_back(text);
    }
    return absent.empty() ? std::string{} : fmt::format("the extract lacks {}", fmt::join(absent, ", "));
}

// A rule over several tables runs over those that can be judged; it is skipped when none can.
std::string lacking(const PlannedRule& planned, const Casebook& casebook) {
    std::string first;
    for (const auto& part : planned.parts) {
        const auto reason = lacking(*planned.rule, part, casebook);
        if (reason.empty()) return {};
        if (first.empty()) first = reason;
    }
    return first;
}

// ---- one range of cases ------------------------------------------------------------------------------

// A part that runs, with the number of its rule among the outcomes.
struct Job {
    const RulePart* part;
    std::uint32_t rule;
    std::size_t plan;
};

struct Counts {
    std::uint64_t population = 0, failed = 0, undecided = 0, scope_undecided = 0;
    std::int64_t nanoseconds = 0;
};

struct Trouble {
    std::size_t range;
    std::string text;
};

// What one thread counts; added up at the end.
struct Tally {
    std::vector<Counts> counts;
    std::vector<std::optional<Trouble>> trouble;  // the earliest range in which a rule's check broke
};

Evidence shown(const plugin::EvidenceSchema& schema, const plugin::EvidenceValue& value) {
    switch (value.type) {
        case CASEAUDIT_DATE:
            return {schema.name, calendar::to_iso(static_cast<calendar::Day>(value.integer)), false};
        case CASEAUDIT_BOOLEAN:
            return {schema.name, value.integer != 0 ? "true" : "false", true};
        case CASEAUDIT_INTEGER:
            return {schema.name, std::to_string(value.integer), true};
        case CASEAUDIT_DECIMAL:
            return {schema.name, fmt::format("{}", value.decimal), true};
        case CASEAUDIT_DURATION:
            return {schema.name, fmt::format("{} {}", value.integer, plugin::unit_name(value.unit)), false};
        default:
            return {schema.name, value.text, false};
    }
}

// Evaluates and judges ranges on one thread.
class Worker {
  public:
    Worker(const std::vector<Plan>& plans, const std::vector<std::unique_ptr<expression::Bound>>& bound,
           const Casebook& casebook, const RunOptions& options, std::size_t rules, FindingConsumer& consumer)
        : casebook_(casebook), options_(options), consumer_(consumer) {
        for (std::size_t i = 0; i < plans.size(); ++i) {
            batches_.push_back(std::make_unique<expression::Batch>(*bound[i]));
            reporters_.push_back(
                std::make_unique<Reporter>(casebook, *batches_.back(), options.show_identifiers));
        }
        tally_.counts.resize(rules);
        tally_.trouble.resize(rules);
    }

    std::vector<Finding> judge(std::size_t range, std::uint32_t begin, std::uint32_t end,
                               const std::vector<Job>& jobs) {
        for (auto& batch : batches_) batch->start(begin, end);
        case_rows_.clear();
        findings_.clear();
        std::int64_t before = options_.nanoseconds != nullptr ? options_.nanoseconds() : 0;
        for (const Job& job : jobs) {
            judge(range, begin, end, job);
            batches_[job.plan]->finish_rule();
            if (options_.nanoseconds == nullptr) continue;
            const std::int64_t now = options_.nanoseconds();
            tally_.counts[job.rule].nanoseconds += now - before;
            before = now;
        }
        // Findings came rule by rule; a reader wants them case by case.
        std::stable_sort(findings_.begin(), findings_.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<Finding> ordered;
        ordered.reserve(findings_.size());
        for (auto& [index, finding] : findings_) ordered.push_back(std::move(finding));
        return ordered;
    }

    const Tally& tally() const { return tally_; }

  private:
    void judge(std::size_t range, std::uint32_t begin, std::uint32_t end, const Job& job) {
        const RulePart& part = *job.part;
        expression::Batch& batch = *batches_[job.plan];
        Counts& counts = tally_.counts[job.rule];
        selection_.size = part.table < 0 ? end - begin : batch.row_count(part.table, Which::current);
        if (selection_.size == 0) return;
        selection_.all = true;
        if (part.where >= 0)
            counts.scope_undecided +=
                select(batch.evaluate(part.where, part.table, Which::current), false, selection_);
        for (const auto node : part.except)
            select(batch.evaluate(node, part.table, Which::current), true, selection_);
        const std::uint32_t n = selection_.count();
        counts.population += n;
        if (n == 0) return;
        columns_.clear(n);
        for (const auto node : part.columns)
            columns_.add(batch.evaluate(node, part.table, Which::current), selection_, batch);
        const auto& cases = cases_of(part.table, begin, end);
        const std::uint32_t* chosen = cases.data();
        if (!selection_.all) {
            chosen_cases_.resize(n);
            for (std::uint32_t i = 0; i < n; ++i) chosen_cases_[i] = cases[selection_.rows[i]];
            chosen = chosen_cases_.data();
        }
        auto& verdicts = verdicts_of(part);
        verdicts.start(n);
        std::string trouble = part.check->run(columns_.batch(chosen), verdicts.sink());
        if (auto fault = verdicts.finish(); trouble.empty()) trouble = std::move(fault);
        if (!trouble.empty()) {
            // Nothing of a broken call is believed: its rows count as undecided, and the rule as failed.
            counts.undecided += n;
            auto& first = tally_.trouble[job.rule];
            if (!first || range < first->range) first = Trouble{range, std::move(trouble)};
            return;
        }
        counts.undecided += verdicts.undecided_count();
        if (options_.tell_undecided)
            for (std::uint32_t i = 0; i < n; ++i)
                if (verdicts.undecided(i)) tell_undecided(job.rule, cases[selection_.row(i)]);
        counts.failed += verdicts.failures().size();
        for (const auto& failed : verdicts.failures()) {
            Failure failure{selection_.row(failed.row), {}};
            for (const auto& value : verdicts.evidence(failed))
                if (value.type != 0)
                    failure.evidence.push_back(
                        shown(schemas_.at(part.definition).evidence[value.name], value));
            const std::uint32_t case_index = cases[failure.row];
            findings_.emplace_back(case_index,
                                   reporters_[job.plan]->report(part, job.rule, case_index, failure));
        }
    }

    plugin::Verdicts& verdicts_of(const RulePart& part) {
        auto& verdicts = verdicts_[part.definition];
        if (!verdicts) {
            verdicts = std::make_unique<plugin::Verdicts>(*part.definition);
            schemas_[part.definition] = plugin::schema_of(*part.definition);
        }
        return *verdicts;
    }

    void tell_undecided(std::uint32_t rule, std::uint32_t case_index) {
        consumer_.undecided(
            rule, case_index < casebook_.cases() ? casebook_.case_key(case_index) : std::string_view{});
    }

    // The case of every row of a table in the range. A row of a table of no case has a number of its own.
    const std::vector<std::uint32_t>& cases_of(int table, std::uint32_t begin, std::uint32_t end) {
        const auto known = case_rows_.find(table);
        if (known != case_rows_.end()) return known->second;
        auto& rows = case_rows_[table];
        if (table < 0) {
            for (std::uint32_t c = begin; c < end; ++c) rows.push_back(c);
            return rows;
        }
        const auto& view = casebook_.table(table, Which::current);
        if (view.case_starts.empty()) {
            rows.resize(view.rows);
            for (std::uint32_t i = 0; i < view.rows; ++i) rows[i] = casebook_.cases() + i;
            return rows;
        }
        rows.resize(view.case_starts[end] - view.case_starts[begin]);
        for (std::uint32_t c = begin, i = 0; c < end; ++c)
            for (std::uint32_t n = view.case_starts[c + 1] - view.case_starts[c]; n > 0; --n) rows[i++] = c;
        return rows;
    }

    const Casebook& casebook_;
    const RunOptions& options_;
    FindingConsumer& consumer_;
    std::vector<std::unique_ptr<expression::Batch>> batches_;  // one for each plan
    std::vector<std::unique_ptr<Reporter>> reporters_;
    Tally tally_;
    Selection selection_;
    ColumnSet columns_;
    std::unordered_map<const caseaudit_check*, std::unique_ptr<plugin::Verdicts>> verdicts_;
    std::unordered_map<const caseaudit_check*, plugin::CheckSchema> schemas_;
    std::map<int, std::vector<std::uint32_t>> case_rows_;
    std::vector<std::uint32_t> chosen_cases_;
    std::vector<std::pair<std::uint32_t, Finding>> findings_;
};

std::vector<Job> jobs_of(const std::vector<Plan>& plans, const Casebook& casebook,
                         const std::vector<RuleOutcome>& outcomes) {
    std::vector<Job> jobs;
    std::uint32_t rule = 0;
    for (std::size_t p = 0; p < plans.size(); ++p)
        for (const auto& planned : plans[p].rules) {
            if (outcomes[rule].status == Status::ran)
                for (const auto& part : planned.parts)
                    if (lacking(*planned.rule, part, casebook).empty()) jobs.push_back({&part, rule, p});
            ++rule;
        }
    return jobs;
}

// What each job of a plan evaluates for every row, in the order of the jobs.
std::vector<std::vector<expression::NodeId>> nodes_of(const std::vector<Job>& jobs, std::size_t plan) {
    std::vector<std::vector<expression::NodeId>> nodes;
    for (const Job& job : jobs) {
        if (job.plan != plan) continue;
        auto& mine = nodes.emplace_back(job.part->except);
        if (job.part->where >= 0) mine.push_back(job.part->where);
        mine.insert(mine.end(), job.part->columns.begin(), job.part->columns.end());
    }
    return nodes;
}

void add_up(const Tally& tally, std::vector<RuleOutcome>& outcomes,
            std::vector<std::optional<Trouble>>& trouble) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const Counts& counts = tally.counts[i];
        outcomes[i].population += counts.population;
        outcomes[i].failed += counts.failed;
        outcomes[i].undecided += counts.undecided;
        outcomes[i].scope_undecided += counts.scope_undecided;
        outcomes[i].nanoseconds += counts.nanoseconds;
        const auto& mine = tally.trouble[i];
        if (mine && (!trouble[i] || mine->range < trouble[i]->range)) trouble[i] = mine;
    }
}

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
            outcome.reason = planned.skipped.empty() ? lacking(planned, casebook) : planned.skipped;
            if (!outcome.reason.empty()) outcome.status = Status::skipped;
        }
    }
    return outcomes;
}

void run(const std::vector<Plan>& plans, const Casebook& casebook, const RunOptions& options,
         std::vector<RuleOutcome>& outcomes, FindingConsumer& consumer) {
    std::vector<std::unique_ptr<expression::Bound>> bound;
    for (const auto& plan : plans)
        bound.push_back(
            std::make_unique<expression::Bound>(plan.compiler->graph(), casebook, plan.environment));
    const auto jobs = jobs_of(plans, casebook, outcomes);
    for (std::size_t p = 0; p < plans.size(); ++p) bound[p]->plan(nodes_of(jobs, p));
    tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers;
    const std::uint32_t step = std::max<std::uint32_t>(1, options.cases_per_range);
    const std::size_t ranges = std::max<std::size_t>(1, (std::size_t{casebook.cases()} + step - 1) / step);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, ranges, 1),
        [&](const tbb::blocked_range<std::size_t>& mine) {
            auto& worker = workers.local();
            if (!worker)
                worker = std::make_unique<Worker>(plans, bound, casebook, options, outcomes.size(), consumer);
            for (std::size_t r = mine.begin(); r < mine.end(); ++r) {
                const auto begin = static_cast<std::uint32_t>(r * step);
                const auto end = std::min<std::uint32_t>(casebook.cases(), begin + step);
                consumer.take(r, worker->judge(r, begin, end, jobs));
            }
        },
        tbb::simple_partitioner());
    std::vector<std::optional<Trouble>> trouble(outcomes.size());
    for (const auto& worker : workers) add_up(worker->tally(), outcomes, trouble);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto& outcome = outcomes[i];
        outcome.passed = outcome.population - outcome.failed - outcome.undecided;
        if (!trouble[i]) continue;
        outcome.status = Status::failed;
        outcome.reason = trouble[i]->text;
    }
}

}  // namespace caseaudit::engine
