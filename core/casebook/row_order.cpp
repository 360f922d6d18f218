#include "casebook/row_order.h"

#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <numeric>

#include "casebook/column_source.h"
#include "casebook/converted_cell.h"

namespace caseaudit::casebook {
namespace {

class Sorter {
  public:
    Sorter(const dataset::Table& definition, const TableLoad& table) : table_(table) {
        const auto take = [this](int field) {
            if (field < 0 || field == table_.plan().key_field) return;
            if (table_.judged[static_cast<std::size_t>(field)] == 0) return;
            if (std::find(fields_.begin(), fields_.end(), field) == fields_.end()) fields_.push_back(field);
        };
        if (!definition.has_cases()) take(definition.lookup);
        for (const int field : definition.order) take(field);
        for (int field = 0; field < static_cast<int>(definition.fields.size()); ++field) take(field);
        if (fields_.empty()) return;
        std::vector<Segment*> segments;
        for (const auto& segment : table.segments) segments.push_back(segment.get());
        first_ = column_sources(segments, static_cast<std::size_t>(fields_.front()));
    }

    // Numbers that order as the rows do by the first field that counts; rows with equal numbers may differ.
    void keys(const RowList& rows, std::int64_t* out) const {
        if (first_.width == 0) {
            std::fill_n(out, rows.rows, 0);
            return;
        }
        with_width(first_.width, [&](auto type) { keys_of<std::make_signed_t<decltype(type)>>(rows, out); });
    }

    std::strong_ordering compare(RowCode a, RowCode b) const {
        for (const int field : fields_) {
            const auto index = static_cast<std::size_t>(field);
            const auto order = read_cell(table_, index, a) <=> read_cell(table_, index, b);
            if (order != 0) return order;
        }
        return std::strong_ordering::equal;
    }
    bool before(RowCode a, RowCode b) const {
        const auto order = compare(a, b);
        return order != 0 ? order < 0 : a < b;
    }

  private:
    template <class T>
    void keys_of(const RowList& rows, std::int64_t* out) const {
        constexpr std::int64_t missing = INT64_MAX - 1;
        visit_rows(first_, rows, [&](const ColumnSource& source, std::uint32_t row) {
            const T value = static_cast<const T*>(source.values)[row];
            std::int64_t key = value;
            const auto without_sign = static_cast<std::make_unsigned_t<T>>(value);
            if (!source.has_sign) key = without_sign;
            if (source.translation != nullptr) key = source.translation[without_sign];
            if (source.column->storage == Storage::float64) key = ordered_bits(key);
            key = std::min(key, missing - 1);
            *out++ = source.present(row)              ? key
                     : source.column->invalid.empty() ? missing
                                                      : unclear(source, row);
        });
    }
    static std::int64_t unclear(const ColumnSource& source, std::uint32_t row) {
        return invalid_cell(*source.column, row).state == CellState::invalid ? INT64_MAX : INT64_MAX - 1;
    }

    const TableLoad& table_;
    std::vector<int> fields_;
    ColumnSources first_;
};

// Calls visit(run) for the rows at these positions of the table.
template <class Visit>
void for_each_run(const TableLoad& table, std::uint32_t from, std::uint32_t rows, Visit&& visit) {
    const auto& starts = table.segment_starts;
    auto segment =
        static_cast<std::uint32_t>(std::upper_bound(starts.begin(), starts.end(), from) - starts.begin() - 1);
    for (const std::uint32_t end = from + rows; from < end; ++segment) {
        const std::uint32_t stop = std::min(end, starts[segment + 1]);
        if (stop > from) visit(RowRun{segment << segment_bits | (from - starts[segment]), stop - from});
        from = std::max(from, stop);
    }
}

void list_rows(const TableLoad& table, std::uint32_t from, std::uint32_t rows, RowCode* out) {
    for_each_run(table, from, rows, [&](const RowRun& run) {
        std::iota(out, out + run.rows, run.first);
        out += run.rows;
    });
}

// The codes of all rows, in source order.
Pages all_rows(const TableLoad& table) {
    Pages rows(table.rows * sizeof(RowCode));
    list_rows(table, 0, table.rows, rows.as<RowCode>());
    return rows;
}

// Puts together rows that follow each other.
class RunWriter {
  public:
    explicit RunWriter(const TableLoad& table) : most_(table.rows / 8 + table.segments.size()) {}
    void add(const RowRun& run) {
        if (!runs_.empty() && run.first == end_ && row_in_segment(run.first) != 0)
            runs_.back().rows += run.rows;
        else
            runs_.push_back(run);
        end_ = run.first + run.rows;
    }
    bool pays() const { return runs_.size() <= most_; }  // against a list of all rows
    LargeVector<RowRun> take() { return std::move(runs_); }

  private:
    LargeVector<RowRun> runs_;
    std::size_t most_;
    RowCode end_ = 0;
};

RowOrder as_listed(const TableLoad& table, Pages codes) {
    RunWriter runs(table);
    for (std::uint32_t i = 0; i < table.rows && runs.pays(); ++i) runs.add({codes.as<RowCode>()[i], 1});
    if (!runs.pays()) return {false, {}, std::move(codes)};
    return {false, runs.take(), {}};
}

// How many rows ahead the memory of a row's case is asked for: where a file does not list its cases in order,
// it is met at random.
constexpr std::uint32_t ahead = 24;

template <class T>
void fetch_ahead(const Segment& segment, std::uint32_t row, const T* by_case) {
    if (row + ahead < segment.rows) __builtin_prefetch(by_case + segment.case_of()[row + ahead], 1);
}

// Counts the rows of each case; true when the rows already stand case by case.
bool count_cases(const TableLoad& table, StartsPlace& starts, ImageArena& arena) {
    auto* counts = arena.at<std::uint8_t>(starts.counts);
    std::uint32_t last = 0;
    bool ascending = true, fits = true;
    for (const auto& segment : table.segments) {
        const std::uint32_t* in_case = segment->case_of();
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            fetch_ahead(*segment, row, counts);
            ascending = ascending && in_case[row] >= last;
            last = in_case[row];
            fits = ++counts[last] != 0 && fits;
        }
    }
    if (fits) {
        starts.sum_up(arena);
        return ascending;
    }
    starts.wide.assign(starts.counts.count + 1, 0);
    for (const auto& segment : table.segments) {
        for (std::uint32_t row = 0; row < segment->rows; ++row) ++starts.wide[segment->case_of()[row] + 1];
    }
    std::partial_sum(starts.wide.begin(), starts.wide.end(), starts.wide.begin());
    return ascending;
}

// A counting sort: stable, so that rows of a case keep their source order.
Pages rows_by_case(const TableLoad& table, const CaseStarts& starts) {
    Pages rows(table.rows * sizeof(RowCode));
    RowCode* out = rows.as<RowCode>();
    LargeVector<std::uint32_t> next(starts.size());
    starts.read(0, static_cast<std::uint32_t>(starts.size() - 1), next.data());
    for (std::size_t s = 0; s < table.segments.size(); ++s) {
        const std::uint32_t* in_case = table.segments[s]->case_of();
        for (std::uint32_t row = 0; row < table.segments[s]->rows; ++row) {
            fetch_ahead(*table.segments[s], row, next.data());
            out[next[in_case[row]]++] = static_cast<RowCode>(s << segment_bits | row);
        }
    }
    return rows;
}

// Sorts the rows of one case, whose keys are at hand. False when there was nothing to do.
bool sort_case(const Sorter& sorter, RowCode* rows, const std::int64_t* keys, std::uint32_t count) {
    bool sorted = true;
    for (std::uint32_t i = 1; i < count && sorted; ++i) {
        sorted = keys[i - 1] < keys[i] || (keys[i - 1] == keys[i] && !sorter.before(rows[i], rows[i - 1]));
    }
    if (!sorted) std::sort(rows, rows + count, [&](RowCode a, RowCode b) { return sorter.before(a, b); });
    return !sorted;
}

// The numbers of the cases whose rows do not all have larger and larger keys: few, and found without a branch
// for each case, whose rows cannot be guessed.
std::vector<std::uint32_t> cases_to_look_at(std::span<const std::uint32_t> starts,
                                            std::span<const std::int64_t> keys) {
    std::vector<std::uint32_t> of_row(keys.size() + spread_room), found(keys.size() + 1);
    spread_cases(starts, 0, of_row.data());
    std::size_t count = 0;
    for (std::size_t i = 1; i < keys.size(); ++i) {
        found[count] = of_row[i];
        count += static_cast<std::size_t>(of_row[i] == of_row[i - 1]) &
                 static_cast<std::size_t>(keys[i] <= keys[i - 1]);
    }
    found.resize(count);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

// Sorts within cases whose rows are `rows`; `starts` are theirs in the table. True when anything moved.
bool sort_cases(const Sorter& sorter, std::span<const std::uint32_t> starts, std::span<RowCode> rows) {
    std::vector<std::int64_t> keys(rows.size());
    sorter.keys({rows.data(), static_cast<std::uint32_t>(rows.size()), {}}, keys.data());
    bool moved = false;
    for (const std::uint32_t i : cases_to_look_at(starts, keys)) {
        const std::uint32_t from = starts[i] - starts[0], size = starts[i + 1] - starts[i];
        moved |= sort_case(sorter, rows.data() + from, keys.data() + from, size);
    }
    return moved;
}

// Rows of no case: millions of postcodes, so that by their keys they are told apart first.
bool sort_all(const Sorter& sorter, RowCode* rows, std::uint32_t count) {
    struct Keyed {
        std::int64_t key;
        RowCode row;
    };
    std::vector<std::int64_t> keys(count);
    sorter.keys({rows, count, {}}, keys.data());
    bool sorted = true;
    for (std::uint32_t i = 1; i < count && sorted; ++i)
        sorted = keys[i - 1] < keys[i] || (keys[i - 1] == keys[i] && !sorter.before(rows[i], rows[i - 1]));
    if (sorted) return false;
    std::vector<Keyed> keyed(count);
    for (std::uint32_t i = 0; i < count; ++i) keyed[i] = {keys[i], rows[i]};
    tbb::parallel_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
        return a.key != b.key ? a.key < b.key : sorter.before(a.row, b.row);
    });
    for (std::uint32_t i = 0; i < count; ++i) rows[i] = keyed[i].row;
    return true;
}

// Rows that stand case by case, but for the pieces in which some moved.
RowOrder with_moved(const TableLoad& table, const std::vector<std::vector<RowCode>>& moved,
                    const std::vector<std::uint32_t>& piece_starts) {
    RunWriter runs(table);
    bool identity = true;
    for (std::size_t i = 0; i < moved.size() && runs.pays(); ++i) {
        identity = identity && moved[i].empty();
        if (moved[i].empty())
            for_each_run(table, piece_starts[i], piece_starts[i + 1] - piece_starts[i],
                         [&](const RowRun& run) { runs.add(run); });
        for (const RowCode row : moved[i]) runs.add({row, 1});
    }
    if (runs.pays()) return {identity, runs.take(), {}};
    Pages codes(table.rows * sizeof(RowCode));
    for (std::size_t i = 0; i < moved.size(); ++i) {
        RowCode* out = codes.as<RowCode>() + piece_starts[i];
        if (moved[i].empty()) list_rows(table, piece_starts[i], piece_starts[i + 1] - piece_starts[i], out);
        std::copy(moved[i].begin(), moved[i].end(), out);
    }
    return {false, {}, std::move(codes)};
}

}  // namespace

RowOrder as_they_stand(const TableLoad& table) {
    RunWriter runs(table);
    for_each_run(table, 0, table.rows, [&](const RowRun& run) { runs.add(run); });
    return {true, runs.take(), {}};
}

RowOrder order_rows(const dataset::Table& definition, TableLoad& table, StartsPlace& case_starts,
                    ImageArena& arena) {
    if (table.rows == 0) return {};
    const Sorter sorter(definition, table);
    if (case_starts.offsets.count == 0) {
        Pages rows = all_rows(table);
        const bool moved = sort_all(sorter, rows.as<RowCode>(), table.rows);
        return moved ? as_listed(table, std::move(rows)) : as_they_stand(table);
    }
    const bool ascending = count_cases(table, case_starts, arena);
    const CaseStarts all_starts = case_starts.view(arena);
    Pages by_case;
    if (!ascending) by_case = rows_by_case(table, all_starts);
    table.drop_cases();
    const auto cases = static_cast<std::uint32_t>(all_starts.size() - 1);
    const std::uint32_t piece = std::clamp(cases / 16, 64u, 8192u);  // cases
    const std::size_t pieces = (cases - 1) / piece + 1;
    std::vector<std::vector<RowCode>> moved(pieces);  // of rows that stand case by case
    std::vector<std::uint32_t> piece_starts(pieces + 1, table.rows);
    tbb::parallel_for(std::size_t{0}, pieces, [&](std::size_t i) {
        const auto begin = static_cast<std::uint32_t>(i) * piece, count = std::min(cases - begin, piece);
        piece_starts[i] = all_starts[begin];
        if (all_starts.most_rows(begin, count) < 2) return;
        std::vector<std::uint32_t> starts(count + std::size_t{1});
        all_starts.read(begin, count, starts.data());
        const std::uint32_t size = starts.back() - starts.front();
        if (!ascending) {
            sort_cases(sorter, starts, {by_case.as<RowCode>() + starts.front(), size});
            return;
        }
        std::vector<RowCode> rows(size);
        list_rows(table, starts.front(), size, rows.data());
        if (sort_cases(sorter, starts, rows)) moved[i] = std::move(rows);
    });
    return ascending ? with_moved(table, moved, piece_starts) : as_listed(table, std::move(by_case));
}

}  // namespace caseaudit::casebook
