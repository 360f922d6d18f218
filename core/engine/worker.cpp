#include "engine/worker.h"

#include <numeric>

namespace caseaudit::engine {

using casebook::Casebook;
using expression::Which;

namespace {

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
            return {schema.name, fmt::format("{} {}", value.integer, plugin::unit_name(value.unit)), false,
                    true};
        default:
            return {schema.name, value.text, false};
    }
}

}  // namespace

Worker::Worker(const Work& work, const Casebook& casebook, const RunOptions& options,
               FindingConsumer& consumer)
    : work_(work), casebook_(casebook), options_(options), consumer_(consumer) {
    for (const auto& bound : work.bound) {
        batches_.push_back(std::make_unique<expression::Batch>(*bound));
        reporters_.push_back(std::make_unique<Reporter>(casebook, *bound, *batches_.back(),
                                                        work.discretion.get(), options.case_name));
    }
    tally_.counts.resize(work.rules);
    tally_.trouble.resize(work.rules);
    tally_.skipped.resize(work.rules);
    tally_.measures.resize(work.measure_count);
}

void Worker::judge(std::size_t range, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t first = begin, first_end = end_of_step(begin, end);
    for (std::uint32_t next = first_end;; next = end_of_step(begin, end)) {
        judge_step(range, begin, next);
        if (next == end) break;
        hand_over(range, true);
        begin = next;
    }
    if (!of_no_case_.empty()) report_those_of_no_case(range, first, first_end);
    hand_over(range, false);
}

// Rows of no case come after the cases of the range, row by row. `begin` and `end` are of the step that they
// were judged in.
void Worker::report_those_of_no_case(std::size_t range, std::uint32_t begin, std::uint32_t end) {
    for (auto& batch : batches_) batch->start(begin, end);
    std::ranges::stable_sort(of_no_case_, {}, &Failed::case_index);
    seen_.clear();
    in_order_ = true;
    for (const Failed& failed : of_no_case_) report(range, failed);
    of_no_case_.clear();
}

bool Worker::fits(std::uint64_t rows, std::uint64_t listed) const {
    constexpr std::uint64_t listed_with_each = 32;  // rows
    return rows <= options_.rows_at_once && listed <= options_.rows_at_once * listed_with_each;
}

// Whether the cases may have their rows at once, even if all of a table had as many as the one with the most.
bool Worker::surely_fit(std::uint32_t begin, std::uint32_t end) const {
    std::uint64_t rows = 0, listed = 0;
    for (int table = 0; table < static_cast<int>(casebook_.dataset().tables.size()); ++table) {
        const auto& starts = casebook_.table(table, Which::current).case_starts;
        if (starts.empty()) continue;
        const std::uint64_t here = starts[end] - starts[begin];
        rows += here;
        if (here > 0) listed += here * starts.most_rows(begin, end - begin);
    }
    return fits(rows, listed);
}

// A step takes as many of the cases as may have their rows at once, at least one. Where a case has many rows
// of a table a finding on each may list all of them: of such cases it takes fewer.
std::uint32_t Worker::end_of_step(std::uint32_t begin, std::uint32_t end) {
    if (surely_fit(begin, end)) return end;
    rows_of_cases_.assign(end - begin, {});
    starts_.resize(end - begin + std::size_t{1});
    for (int table = 0; table < static_cast<int>(casebook_.dataset().tables.size()); ++table) {
        const auto& starts = casebook_.table(table, Which::current).case_starts;
        if (starts.empty()) continue;
        starts.read(begin, end - begin, starts_.data());
        for (std::size_t i = 0; i < rows_of_cases_.size(); ++i) {
            const std::uint64_t rows = starts_[i + 1] - starts_[i];
            rows_of_cases_[i].rows += rows;
            rows_of_cases_[i].listed += rows * rows;
        }
    }
    std::uint64_t rows = 0, listed = 0;
    std::uint32_t count = 0;
    for (const auto& of_case : rows_of_cases_) {
        rows += of_case.rows;
        listed += of_case.listed;
        if (count > 0 && !fits(rows, listed)) break;
        ++count;
    }
    return begin + count;
}

void Worker::judge_step(std::size_t range, std::uint32_t begin, std::uint32_t end) {
    for (auto& batch : batches_) batch->start(begin, end);
    for (auto& [table, rows] : case_rows_) rows.known = false;
    seen_.clear();
    in_order_ = end - begin == 1;
    std::int64_t before = options_.nanoseconds != nullptr ? options_.nanoseconds() : 0;
    for (const Job& job : work_.jobs) {
        judge(range, begin, end, job);
        batches_[job.plan]->finish_rule();
        if (options_.nanoseconds == nullptr) continue;
        const std::int64_t now = options_.nanoseconds();
        tally_.counts[job.rule].nanoseconds += now - before;
        before = now;
    }
    for (const MeasureJob& job : work_.measures) {
        auto& batch = *batches_[job.plan];
        const int table = job.measure->table;
        const std::uint32_t rows = table < 0 ? end - begin : batch.row_count(table, Which::current);
        if (rows != 0) tally_.measures[job.number].count(*job.measure, batch, rows, work_.discretion.get());
        batch.finish_rule();
    }
}

void Worker::hand_over(std::size_t range, bool more) {
    // Findings came rule by rule; a reader wants them case by case.
    std::ranges::stable_sort(findings_, {}, &Finding::place);
    consumer_.take(range, std::exchange(findings_, {}), more);
    weight_ = 0;
}

// Records of a case that are the same in all that identifies them (a row entered twice) still make findings
// of their own: the second and later ones are numbered. Those of no case are told apart as those of one.
void Worker::tell_apart(std::uint32_t case_index, Finding& finding) {
    const std::hash<std::string> fingerprint;  // of five million two share one with a probability of 10^-6
    const auto times = ++seen_[fingerprint(
        fmt::format("{} {} {}", finding.rule, std::min(case_index, casebook_.cases()), finding.identity))];
    if (times > 1) finding.identity += fmt::format("\x1f#{}", times);
}

void Worker::report(std::size_t range, const Failed& failed) {
    const Job& job = *failed.job;
    auto finding = reporters_[job.plan]->report(*job.part, job.rule, failed.case_index, failed.failure);
    tell_apart(failed.case_index, finding);
    weight_ += 1 + finding.records.size();
    findings_.push_back(std::move(finding));
    if (in_order_ && weight_ >= options_.findings_at_once) hand_over(range, true);
}

// Selects the rule's population; returns its size.
std::uint32_t Worker::choose(const RulePart& part, expression::Batch& batch, RuleCounts& counts) {
    selection_.all = true;
    if (part.where >= 0)
        counts.scope_undecided +=
            select(batch.evaluate(part.where, part.table, Which::current), false, selection_);
    for (const auto node : part.except)
        select(batch.evaluate(node, part.table, Which::current), true, selection_);
    counts.population += selection_.count();
    return selection_.count();
}

void Worker::judge(std::size_t range, std::uint32_t begin, std::uint32_t end, const Job& job) {
    const RulePart& part = *job.part;
    expression::Batch& batch = *batches_[job.plan];
    RuleCounts& counts = tally_.counts[job.rule];
    selection_.size = part.table < 0 ? end - begin : batch.row_count(part.table, Which::current);
    if (selection_.size == 0) return;
    const std::uint32_t n = choose(part, batch, counts);
    if (n == 0) return;
    auto& memory = part.check->memory();
    ColumnSet& columns = columns_.try_emplace(&memory, memory).first->second;
    columns.clear(n);
    for (const auto& column : part.columns) {
        columns.add(batch.evaluate(column.value, part.table, Which::current), selection_, batch);
        if (column.off_list >= 0)
            columns.mark_invalid(batch.evaluate(column.off_list, part.table, Which::current), selection_);
    }
    const auto& cases = cases_of(part.table, begin, end, batch);
    const std::uint32_t* chosen = cases.data();
    if (!selection_.all) {
        chosen_cases_.resize(n);
        for (std::uint32_t i = 0; i < n; ++i) chosen_cases_[i] = cases[selection_.rows[i]];
        chosen = chosen_cases_.data();
    }
    auto& verdicts = verdicts_of(part);
    unjudged_.clear();
    std::string trouble = part.check->judge(columns.batch(chosen), verdicts, unjudged_);
    note_skipped(job, begin, unjudged_);
    if (trouble.empty()) return take_verdicts(range, job, verdicts, cases);
    // Nothing of a broken call is believed: its rows count as undecided, and the rule as failed.
    counts.undecided += n;
    auto& first = tally_.trouble[job.rule];
    if (!first || range < first->range) first = Trouble{range, std::move(trouble)};
}

void Worker::take_verdicts(std::size_t range, const Job& job, const plugin::Verdicts& verdicts,
                           const std::vector<std::uint32_t>& cases) {
    const RulePart& part = *job.part;
    RuleCounts& counts = tally_.counts[job.rule];
    counts.undecided += verdicts.undecided_count();
    if (options_.tell_undecided)
        for (std::uint32_t i = 0; i < selection_.count(); ++i)
            if (verdicts.undecided(i)) tell_undecided(job.rule, cases[selection_.row(i)]);
    counts.failed += verdicts.failures().size();
    const auto& schema = schemas_.at(part.definition);
    // Some fifty rows are evaluated in the time that beginning with a case of its own takes.
    constexpr std::size_t many_rows = 64;
    reporters_[job.plan]->begin(!in_order_ && verdicts.failures().size() * many_rows <= selection_.size);
    if (told_apart_ != job.rule) seen_.clear();
    told_apart_ = job.rule;
    for (const auto& failed : verdicts.failures()) {
        Failure failure{selection_.row(failed.row), {}, {}};
        for (const auto row : verdicts.context(failed)) failure.judged_by.push_back(selection_.row(row));
        for (const auto& value : verdicts.evidence(failed))
            if (value.type != 0) failure.evidence.push_back(shown(schema.evidence[value.name], value));
        Failed found{cases[failure.row], &job, std::move(failure)};
        found.case_index < casebook_.cases() ? report(range, found) : of_no_case_.push_back(std::move(found));
    }
}

void Worker::note_skipped(const Job& job, std::uint32_t begin,
                          const std::vector<plugin::Unjudged>& unjudged) {
    const int table = job.part->table;
    std::uint32_t first = begin;
    if (table >= 0) {
        const auto& starts = casebook_.table(table, Which::current).case_starts;
        first = starts.empty() ? 0 : starts[begin];
    }
    auto& skipped = tally_.skipped[job.rule];
    for (const auto& rows : unjudged) {
        if (!rows.asked) {
            skipped.unasked += rows.count;
            skipped.why_unasked = rows.cause;
        } else {
            for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
                skipped.broke_on.push_back({table, first + selection_.row(i), rows.cause, rows.words});
        }
    }
}

plugin::Verdicts& Worker::verdicts_of(const RulePart& part) {
    auto& verdicts = verdicts_[part.definition];
    if (!verdicts) {
        verdicts = std::make_unique<plugin::Verdicts>(*part.definition);
        schemas_[part.definition] = plugin::schema_of(*part.definition);
    }
    return *verdicts;
}

void Worker::tell_undecided(std::uint32_t rule, std::uint32_t case_index) {
    consumer_.undecided(rule,
                        case_index < casebook_.cases() ? casebook_.case_key(case_index) : std::string_view{});
}

// A row of a table of no case has a number of its own.
const std::vector<std::uint32_t>& Worker::cases_of(int table, std::uint32_t begin, std::uint32_t end,
                                                   const expression::Batch& batch) {
    auto& [known, cases] = case_rows_[table];
    if (std::exchange(known, true)) return cases;
    const bool of_no_case = table >= 0 && casebook_.table(table, Which::current).case_starts.empty();
    if (table < 0 || of_no_case) {
        cases.resize(of_no_case ? casebook_.table(table, Which::current).rows : end - begin);
        std::iota(cases.begin(), cases.end(), of_no_case ? casebook_.cases() : begin);
        return cases;
    }
    cases.resize(batch.row_count(table, Which::current));
    const std::uint32_t* const from_first = batch.case_of_rows(table, Which::current);
    for (std::size_t i = 0; i < cases.size(); ++i) cases[i] = begin + from_first[i];
    return cases;
}

}  // namespace caseaudit::engine
