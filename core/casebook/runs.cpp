#include "casebook/runs.h"

#include <algorithm>
#include <tuple>

#include "casebook/converted_cell.h"

namespace caseaudit::casebook {
namespace {

constexpr calendar::Day open_end = INT32_MAX;

struct SourceRow {
    calendar::Day start, end;
    unsigned which;          // of the source extract: 0 current, 1 prior
    std::uint32_t position;  // in its table's order
    RowCode row;
};

// Walks a source table case by case.
class Cursor {
  public:
    Cursor(const OrderedTable* source, const dataset::RunsOf& runs, unsigned which)
        : source_(source), runs_(runs), which_(which) {}

    std::uint32_t next_case() const { return done() ? no_text : case_of(code()); }

    // Appends the usable rows of the case, if it is the next one.
    void take(std::uint32_t in_case, std::vector<SourceRow>& out) {
        for (; !done() && case_of(code()) == in_case; advance()) {
            const TableLoad& table = *source_->table;
            const auto start = read_cell(table, static_cast<std::size_t>(runs_.start), code());
            const auto end = read_cell(table, static_cast<std::size_t>(runs_.end), code());
            if (start.state != CellState::present) continue;
            const bool closed = end.state == CellState::present;
            out.push_back({static_cast<calendar::Day>(start.value),
                           closed ? static_cast<calendar::Day>(end.value) : open_end, which_, position_,
                           code()});
        }
    }

  private:
    bool done() const { return source_ == nullptr || position_ == source_->table->rows; }
    RowCode code() const { return source_->order.identity ? identity_ : source_->order.at()[position_]; }
    std::uint32_t case_of(RowCode row) const {
        return source_->table->segments[row >> segment_bits]->case_of()[row & (segment_rows - 1)];
    }
    void advance() {
        ++position_;
        const auto& segments = source_->table->segments;
        if ((identity_ & (segment_rows - 1)) + 1 < segments[identity_ >> segment_bits]->rows) {
            ++identity_;
        } else {
            identity_ = ((identity_ >> segment_bits) + 1) << segment_bits;
        }
    }
    const OrderedTable* source_;
    const dataset::RunsOf& runs_;
    unsigned which_;
    std::uint32_t position_ = 0;
    RowCode identity_ = 0;
};

// A column of the derived table: what it takes from a run.
struct Output {
    enum class From : std::uint8_t { nothing, start, end, rows, first, last } from = From::nothing;
    int field = -1;  // of the source table
};

class Deriver {
  public:
    Deriver(const dataset::Dataset& dataset, const TablePlan& plan, Which which,
            const OrderedTable* sources[2], Interners& interners)
        : definition_(dataset.tables[static_cast<std::size_t>(plan.table)]),
          source_(dataset.tables[static_cast<std::size_t>(definition_.runs->table)]),
          sources_{sources[0], sources[1]} {
        result_.table = std::make_unique<TableLoad>(plan, which, interners);
        result_.has_cases = true;
        if (which == Which::prior) sources_[0] = nullptr;
        if (which == Which::current && !definition_.runs->with_prior) sources_[1] = nullptr;
        for (const dataset::Field& field : definition_.fields) outputs_.push_back(output_for(field.name));
    }

    OrderedTable run() {
        Cursor current(sources_[0], *definition_.runs, 0), prior(sources_[1], *definition_.runs, 1);
        std::vector<SourceRow> rows;
        for (;;) {
            const std::uint32_t in_case = std::min(current.next_case(), prior.next_case());
            if (in_case == no_text) break;
            rows.clear();
            current.take(in_case, rows);
            const std::size_t own = rows.size();
            prior.take(in_case, rows);
            drop_superseded(rows, own);
            std::sort(rows.begin(), rows.end(), [](const SourceRow& a, const SourceRow& b) {
                return std::tie(a.start, a.end, a.which, a.position) <
                       std::tie(b.start, b.end, b.which, b.position);
            });
            make_runs(in_case, rows);
        }
        for (unsigned which = 0; which < 2; ++which) {
            if (sources_[which] == nullptr) continue;
            result_.made_of[which].starts.push_back(
                static_cast<std::uint32_t>(result_.made_of[which].rows.size()));
        }
        finish_table();
        return std::move(result_);
    }

  private:
    Output output_for(const std::string& name) const {
        using From = Output::From;
        if (name == "start") return {From::start, -1};
        if (name == "end") return {From::end, -1};
        if (name == "rows") return {From::rows, -1};
        for (const auto& [prefix, fields, from] :
             {std::tuple{"first_", &definition_.runs->first, From::first},
              std::tuple{"last_", &definition_.runs->last, From::last}}) {
            for (const int field : *fields) {
                if (prefix + source_.fields[static_cast<std::size_t>(field)].name == name)
                    return {from, field};
            }
        }
        return {};
    }

    bool same_record(const SourceRow& a, const SourceRow& b) const {
        if (source_.identity.empty()) return a.start == b.start;
        for (const int field : source_.identity) {
            if (field == source_.key.field) continue;
            const auto index = static_cast<std::size_t>(field);
            if (read_cell(*sources_[a.which]->table, index, a.row) !=
                read_cell(*sources_[b.which]->table, index, b.row)) {
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
        std::vector<SourceRow> kept(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(own));
        for (std::size_t i = own; i < rows.size(); ++i) {
            if (!superseded(rows[i])) kept.push_back(rows[i]);
        }
        rows.swap(kept);
    }

    void make_runs(std::uint32_t in_case, const std::vector<SourceRow>& rows) {
        for (std::size_t from = 0; from < rows.size();) {
            calendar::Day end = rows[from].end;
            std::size_t to = from + 1;
            for (; to < rows.size() && rows[to].start <= end; ++to) end = std::max(end, rows[to].end);
            add_run(in_case, {rows.data() + from, to - from}, end);
            from = to;
        }
    }

    void add_run(std::uint32_t in_case, std::span<const SourceRow> rows, calendar::Day end) {
        TableLoad& table = *result_.table;
        if (table.segments.empty() || table.segments.back()->rows == segment_rows) start_segment();
        Segment& segment = *table.segments.back();
        segment.case_of()[segment.rows] = in_case;
        for (std::size_t i = 0; i < outputs_.size(); ++i) add_cell(segment, i, rows, end);
        ++segment.rows;
        for (unsigned which = 0; which < 2; ++which) {
            if (sources_[which] == nullptr) continue;
            MadeOf& made = result_.made_of[which];
            made.starts.push_back(static_cast<std::uint32_t>(made.rows.size()));
            for (const SourceRow& row : rows) {
                if (row.which == which) made.rows.push_back(row.position);
            }
            std::sort(made.rows.begin() + made.starts.back(), made.rows.end());
        }
    }

    void start_segment() {
        auto segment = std::make_unique<Segment>();
        segment->columns.resize(outputs_.size());
        segment->cases = Pages(segment_rows * sizeof(std::uint32_t));
        result_.table->segments.push_back(std::move(segment));
    }

    void add_cell(Segment& segment, std::size_t column, std::span<const SourceRow> rows, calendar::Day end) {
        const Output& output = outputs_[column];
        ConvertedCell cell;
        Storage storage = Storage::date32;
        switch (output.from) {
            case Output::From::nothing:
                return;
            case Output::From::start:
                cell = {CellState::present, rows.front().start};
                break;
            case Output::From::end:
                if (end != open_end) cell = {CellState::present, end};
                break;
            case Output::From::rows:
                cell = {CellState::present, static_cast<std::int64_t>(rows.size())};
                storage = Storage::int64;
                break;
            case Output::From::first:
            case Output::From::last: {
                const SourceRow& row = output.from == Output::From::first ? rows.front() : rows.back();
                cell =
                    read_cell(*sources_[row.which]->table, static_cast<std::size_t>(output.field), row.row);
                storage = storage_of(source_.fields[static_cast<std::size_t>(output.field)].type);
            }
        }
        append(segment.columns[column], segment.rows, cell, storage);
    }

    static Storage storage_of(dataset::FieldType type) {
        switch (type) {
            case dataset::FieldType::text:
            case dataset::FieldType::code:
                return Storage::code32;
            case dataset::FieldType::date:
                return Storage::date32;
            case dataset::FieldType::integer:
                return Storage::int64;
            case dataset::FieldType::decimal:
                return Storage::float64;
            case dataset::FieldType::boolean:
                return Storage::boolean8;
            case dataset::FieldType::postcode:
                return Storage::postcode32;
        }
        return Storage::none;
    }

    static void append(SegmentColumn& column, std::uint32_t row, const ConvertedCell& cell, Storage storage) {
        if (cell.state != CellState::present) {
            constexpr std::uint8_t not_present = 1;
            column.append_states(row, &not_present, 1);
            if (cell.state == CellState::invalid) {
                column.invalid.push_back({row, static_cast<std::uint32_t>(cell.value)});
                if (storage == Storage::code32) put(column, row, cell.value, storage);
            }
            return;
        }
        put(column, row, storage == Storage::float64 ? ordered_bits(cell.value) : cell.value, storage);
    }

    static void put(SegmentColumn& column, std::uint32_t row, std::int64_t value, Storage storage) {
        if (storage == Storage::int64) return column.append_numbers(row, {&value, 1});
        column.append_values(row, storage, &value, 1);  // little endian: the low bytes come first
    }

    void finish_table() {
        TableLoad& table = *result_.table;
        for (std::size_t i = 0; i < outputs_.size(); ++i) {
            table.provided[i] =
                outputs_[i].from != Output::From::nothing && source_provides(outputs_[i].field) ? 1 : 0;
        }
        table.settle();
    }

    bool source_provides(int field) const {
        if (field < 0) return true;
        for (const OrderedTable* source : sources_) {
            if (source != nullptr && source->table->provided[static_cast<std::size_t>(field)] != 0)
                return true;
        }
        return false;
    }

    const dataset::Table& definition_;
    const dataset::Table& source_;
    const OrderedTable* sources_[2];
    std::vector<Output> outputs_;
    OrderedTable result_;
};

}  // namespace

OrderedTable derive_runs(const dataset::Dataset& dataset, const TablePlan& plan, Which which,
                         const OrderedTable* sources[2], Interners& interners) {
    return Deriver(dataset, plan, which, sources, interners).run();
}

}  // namespace caseaudit::casebook
