#include "casebook/runs.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "casebook/column_source.h"
#include "casebook/converted_cell.h"
#include "dataset/carried_field.h"

namespace caseaudit::casebook {
namespace {

constexpr calendar::Day open_end = INT32_MAX, no_start = INT32_MIN;

struct SourceRow {
    calendar::Day start, end;
    unsigned which;          // of the source extract: 0 current, 1 prior
    std::uint32_t position;  // in its table's order
};

constexpr std::uint32_t piece_cases = 2048;  // read together: their rows stay in a processor's own cache

// One source table, read on from case to case.
class SourceTable {
  public:
    SourceTable(const OrderedTable* ordered, const dataset::RunsOf& runs, ImageArena& arena)
        : ordered_(ordered) {
        if (ordered == nullptr) return;
        for (const auto& segment : ordered->table->segments) segments.push_back(segment.get());
        starts_from_ = column_sources(segments, static_cast<std::size_t>(runs.start));
        ends_from_ = column_sources(segments, static_cast<std::size_t>(runs.end));
        case_starts_ = ordered->case_starts.view(arena);
    }
    const TableLoad& table() const { return *ordered_->table; }
    // Reads the rows of the next cases.
    void read(std::uint32_t first_case, std::uint32_t cases) {
        if (case_starts_.empty()) return;
        case_ends_.resize(cases + std::size_t{1});
        case_starts_.read(first_case, cases, case_ends_.data());
        first_ = case_ends_.front();
        list_codes(case_ends_.back() - first_);
        const RowList rows{codes_, case_ends_.back() - first_, {}};
        read_days(starts_from_, rows, no_start, starts_);
        read_days(ends_from_, rows, open_end, ends_);
    }
    // Appends the rows that have a start of a case, given by its place among those read.
    void take(std::uint32_t place, unsigned which, std::vector<SourceRow>& out) const {
        if (case_starts_.empty()) return;
        for (std::uint32_t row = case_ends_[place]; row < case_ends_[place + 1]; ++row) {
            const std::uint32_t i = row - first_;
            if (starts_[i] != no_start) out.push_back({starts_[i], ends_[i], which, row});
        }
    }
    // Of a row of the cases read.
    RowCode code(std::uint32_t position) const { return codes_[position - first_]; }

    std::vector<Segment*> segments;

  private:
    void list_codes(std::uint32_t rows) {
        if (ordered_->order.codes) {
            codes_ = ordered_->order.codes.as<RowCode>() + first_;
            return;
        }
        listed_.resize(rows);
        codes_ = listed_.data();
        for (RowCode* out = listed_.data(); rows > 0;) {
            const RowRun& run = ordered_->order.runs[run_];
            const std::uint32_t some = std::min(rows, run.rows - run_done_);
            std::iota(out, out + some, run.first + run_done_);
            out += some;
            rows -= some;
            run_done_ += some;
            if (run_done_ < run.rows) continue;
            ++run_;
            run_done_ = 0;
        }
    }

    // Rows without a date get `none`.
    static void read_days(const ColumnSources& sources, const RowList& rows, calendar::Day none,
                          std::vector<calendar::Day>& days) {
        days.assign(rows.rows, none);
        if (sources.width == 0) return;
        calendar::Day* out = days.data();
        with_width(sources.width, [&](auto type) {
            using Held = decltype(type);
            visit_rows(sources, rows, [&](const ColumnSource& source, std::uint32_t row) {
                const auto day = static_cast<calendar::Day>(static_cast<const Held*>(source.values)[row]);
                *out++ = source.present(row) ? day : none;
            });
        });
    }

    const OrderedTable* ordered_;
    ColumnSources starts_from_, ends_from_;
    CaseStarts case_starts_;
    // Of the cases read: where the rows of each begin, and where the last ends; their rows.
    std::vector<std::uint32_t> case_ends_;
    std::uint32_t first_ = 0;
    const RowCode* codes_ = nullptr;
    std::vector<RowCode> listed_;  // where the order has runs
    std::vector<calendar::Day> starts_, ends_;
    std::size_t run_ = 0;  // of the order: where the next row is
    std::uint32_t run_done_ = 0;
};

class Deriver {
  public:
    Deriver(const dataset::Dataset& dataset, const RunsRequest& request, ImageArena& arena,
            Interners& interners)
        : definition_(dataset.tables[static_cast<std::size_t>(request.plan->table)]),
          source_(dataset.tables[static_cast<std::size_t>(definition_.runs->table)]),
          start_identifies_(std::find(source_.identity.begin(), source_.identity.end(),
                                      definition_.runs->start) != source_.identity.end()),
          used_{request.which == Which::current,
                request.which == Which::prior || definition_.runs->with_prior},
          current_(used_[0] ? request.sources[0] : nullptr, *definition_.runs, arena),
          prior_(used_[1] ? request.sources[1] : nullptr, *definition_.runs, arena),
          arena_(arena) {
        result_.table = std::make_unique<TableLoad>(*request.plan, request.which, interners);
        result_.case_starts = request.case_starts;
        for (unsigned which = 0; which < 2; ++which)
            used_[which] = used_[which] && request.sources[which] != nullptr;
    }

    OrderedTable run(std::uint32_t cases) {
        reserve(cases);
        std::vector<SourceRow> rows;
        for (std::uint32_t first = 0; first < cases; first += piece_cases) {
            const std::uint32_t some = std::min(piece_cases, cases - first);
            current_.read(first, some);
            prior_.read(first, some);
            for (std::uint32_t place = 0; place < some; ++place) {
                rows.clear();
                current_.take(place, 0, rows);
                const std::size_t own = rows.size();
                prior_.take(place, 1, rows);
                if (own > 0 && rows.size() > own) drop_superseded(rows, own);
                std::sort(rows.begin(), rows.end(), [](const SourceRow& a, const SourceRow& b) {
                    return std::tie(a.start, a.end, a.which, a.position) <
                           std::tie(b.start, b.end, b.which, b.position);
                });
                make_runs(rows);
                case_starts_[first + place + std::size_t{1}] = static_cast<std::uint32_t>(first_.size());
            }
        }
        result_.case_starts.fill(case_starts_, arena_);
        for (unsigned which = 0; which < 2; ++which) {
            MadeOf& made = result_.made_of[which];
            if (used_[which]) made.starts.push_back(static_cast<std::uint32_t>(made.rows.size()));
        }
        make_columns();
        return std::move(result_);
    }

  private:
    // Most cases have one run: room that nobody writes to costs as much as room that somebody does.
    void reserve(std::uint32_t cases) {
        case_starts_.resize(std::size_t{cases} + 1);
        std::size_t most = 0;
        for (unsigned which = 0; which < 2; ++which) most += used_[which] ? source(which).table().rows : 0;
        most = std::min(most, std::size_t{cases} + cases / 4);
        first_.reserve(most);
        last_.reserve(most);
        for (unsigned which = 0; which < 2; ++which) {
            if (!used_[which]) continue;
            result_.made_of[which].starts.reserve(most + 1);
            result_.made_of[which].rows.reserve(source(which).table().rows);
        }
    }

    const SourceTable& source(unsigned which) const { return which == 0 ? current_ : prior_; }

    bool same_record(const SourceRow& a, const SourceRow& b) const {
        if (source_.identity.empty()) return a.start == b.start;
        // Hardly two rows of a case start on one day: the other fields are seldom looked at.
        if (start_identifies_ && a.start != b.start) return false;
        for (const int field : source_.identity) {
            if (field == source_.key.field || field == definition_.runs->start) continue;
            const auto index = static_cast<std::size_t>(field);
            if (read_cell(source(a.which).table(), index, source(a.which).code(a.position)) !=
                read_cell(source(b.which).table(), index, source(b.which).code(b.position))) {
                return false;
            }
        }
        return true;
    }

    // Prior rows, from `own` on, that the current extract holds too, perhaps ended since.
    void drop_superseded(std::vector<SourceRow>& rows, std::size_t own) const {
        const auto superseded = [&](const SourceRow& old) {
            return std::any_of(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(own),
                               [&](const SourceRow& now) { return same_record(now, old); });
        };
        std::size_t kept = own;
        for (std::size_t i = own; i < rows.size(); ++i) {
            if (!superseded(rows[i])) rows[kept++] = rows[i];
        }
        rows.resize(kept);
    }

    void make_runs(const std::vector<SourceRow>& rows) {
        for (std::size_t from = 0; from < rows.size();) {
            calendar::Day end = rows[from].end;
            std::size_t to = from + 1;
            for (; to < rows.size() && rows[to].start <= end; ++to) end = std::max(end, rows[to].end);
            add_run({rows.data() + from, to - from}, end);
            from = to;
        }
    }

    void add_run(std::span<const SourceRow> rows, calendar::Day end) {
        starts_.push_back(rows.front().start);
        ends_.push_back(end);
        counts_.push_back(static_cast<std::int64_t>(rows.size()));
        first_.push_back(borrowed_row(rows.front()));
        last_.push_back(borrowed_row(rows.back()));
        if (starts_.size() == segment_rows) make_segment();
        for (unsigned which = 0; which < 2; ++which) {
            if (!used_[which]) continue;
            MadeOf& made = result_.made_of[which];
            made.starts.push_back(static_cast<std::uint32_t>(made.rows.size()));
            for (const SourceRow& row : rows) {
                if (row.which == which) made.rows.push_back(row.position);
            }
            std::sort(made.rows.begin() + made.starts.back(), made.rows.end());
        }
    }

    // A row among the segments of both source tables, the current one's first.
    RowCode borrowed_row(const SourceRow& row) const {
        const RowCode code = source(row.which).code(row.position);
        return row.which == 0 ? code : code + static_cast<RowCode>(current_.segments.size() << segment_bits);
    }

    void make_columns() {
        if (!starts_.empty()) make_segment();
        std::vector<Segment*> made;
        for (const auto& segment : result_.table->segments) made.push_back(segment.get());
        align_widths(made);
        const auto first = std::make_shared<const LargeVector<RowCode>>(std::move(first_));
        const auto last = std::make_shared<const LargeVector<RowCode>>(std::move(last_));
        for (std::size_t field = 0; field < definition_.fields.size(); ++field) {
            const std::string& name = definition_.fields[field].name;
            if (name == "start" || name == "end" || name == "rows") result_.table->provided[field] = 1;
            if (const auto carried = dataset::carried_field(definition_, source_, static_cast<int>(field)))
                borrow(field, static_cast<std::size_t>(carried->field), carried->first ? first : last);
        }
        result_.table->settle();
        result_.order = as_they_stand(*result_.table);
    }

    void borrow(std::size_t field, std::size_t from,
                const std::shared_ptr<const LargeVector<RowCode>>& rows) {
        BorrowedColumn column{field, from, current_.segments, rows};
        column.segments.insert(column.segments.end(), prior_.segments.begin(), prior_.segments.end());
        result_.borrowed.push_back(std::move(column));
        const bool provided = (used_[0] && current_.table().provided[from] != 0) ||
                              (used_[1] && prior_.table().provided[from] != 0);
        result_.table->provided[field] = provided ? 1 : 0;
    }

    // Of the runs since the last.
    void make_segment() {
        auto segment = std::make_unique<Segment>();
        segment->rows = static_cast<std::uint32_t>(starts_.size());
        segment->columns.resize(definition_.fields.size(), SegmentColumn(result_.table->memory));
        for (std::size_t field = 0; field < definition_.fields.size(); ++field) {
            const std::string& name = definition_.fields[field].name;
            SegmentColumn& column = segment->columns[field];
            if (name == "start") column.append_days(0, starts_);
            if (name == "rows") column.append_numbers(0, counts_);
            if (name == "end") append_ends(column, ends_);
        }
        result_.table->segments.push_back(std::move(segment));
        starts_.clear();
        ends_.clear();
        counts_.clear();
    }

    static void append_ends(SegmentColumn& column, std::span<const calendar::Day> ends) {
        const auto count = static_cast<std::uint32_t>(ends.size());
        std::vector<std::uint8_t> states(count);
        std::vector<calendar::Day> days(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            states[i] = ends[i] == open_end;
            days[i] = ends[i] == open_end ? 0 : ends[i];
        }
        if (std::find(states.begin(), states.end(), 1) != states.end())
            column.append_states(0, states.data(), count);
        column.append_days(0, days);
    }

    const dataset::Table& definition_;
    const dataset::Table& source_;
    bool start_identifies_;  // the field that a run starts by is among those that tell records apart
    bool used_[2];
    SourceTable current_, prior_;
    ImageArena& arena_;
    LargeVector<std::uint32_t> case_starts_;
    std::vector<calendar::Day> starts_, ends_;  // of the runs that are in no segment yet, at most as many
    std::vector<std::int64_t> counts_;          // as one has rows
    LargeVector<RowCode> first_, last_;         // of all
    OrderedTable result_;
};

}  // namespace

OrderedTable derive_runs(const dataset::Dataset& dataset, const RunsRequest& request, std::uint32_t cases,
                         ImageArena& arena, Interners& interners) {
    return Deriver(dataset, request, arena, interners).run(cases);
}

}  // namespace caseaudit::casebook
