#include "casebook/row_order.h"

#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <atomic>

#include "casebook/converted_cell.h"

namespace caseaudit::casebook {
namespace {

class Sorter {
  public:
    Sorter(const dataset::Table& definition, const TableLoad& table) : table_(table) {
        const auto take = [this](int field) {
            if (field < 0 || field == table_.plan().key_field) return;
            if (std::find(fields_.begin(), fields_.end(), field) == fields_.end()) fields_.push_back(field);
        };
        if (definition.key.field < 0) take(definition.lookup);
        for (const int field : definition.order) take(field);
        for (int field = 0; field < static_cast<int>(definition.fields.size()); ++field) take(field);
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
    const TableLoad& table_;
    std::vector<int> fields_;
};

std::uint32_t case_at(const TableLoad& table, RowCode row) {
    const Segment& segment = *table.segments[row >> segment_bits];
    return segment.cases ? segment.case_of()[row & (segment_rows - 1)] : 0;
}

// The codes of all rows, in source order.
Pages all_rows(const TableLoad& table) {
    Pages rows(table.rows * sizeof(RowCode));
    RowCode* next = rows.as<RowCode>();
    for_each_row(table, RowOrder{}, [&](RowCode row) { *next++ = row; });
    return rows;
}

bool cases_ascend(const TableLoad& table) {
    std::uint32_t last = 0;
    for (const auto& segment : table.segments) {
        if (!segment->cases) continue;
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            const std::uint32_t in_case = segment->case_of()[row];
            if (in_case < last) return false;
            last = in_case;
        }
    }
    return true;
}

// A counting sort: stable, so that rows of a case keep their source order.
Pages rows_by_case(const TableLoad& table, std::uint32_t cases) {
    Pages starts((std::size_t{cases} + 1) * sizeof(std::uint32_t));
    auto* start = starts.as<std::uint32_t>();
    for (const auto& segment : table.segments) {
        for (std::uint32_t row = 0; row < segment->rows; ++row) ++start[segment->case_of()[row] + 1];
    }
    for (std::uint32_t i = 0; i < cases; ++i) start[i + 1] += start[i];
    Pages rows(table.rows * sizeof(RowCode));
    for_each_row(table, RowOrder{},
                 [&](RowCode row) { rows.as<RowCode>()[start[case_at(table, row)]++] = row; });
    return rows;
}

// The first row of each case in (begin, end] that starts there, so that pieces hold whole cases.
std::uint32_t case_boundary(const TableLoad& table, const RowCode* rows, std::uint32_t at) {
    while (at > 0 && at < table.rows && case_at(table, rows[at]) == case_at(table, rows[at - 1])) ++at;
    return at;
}

// Whether the rows of each case already stand in order. Needs cases that ascend.
bool in_order(const TableLoad& table, const Sorter& sorter) {
    bool first = true, good = true;
    RowCode last = 0;
    std::uint32_t last_case = 0;
    for (std::size_t s = 0; s < table.segments.size() && good; ++s) {
        const Segment& segment = *table.segments[s];
        for (std::uint32_t row = 0; row < segment.rows && good; ++row) {
            const auto code = static_cast<RowCode>(s << segment_bits | row);
            const std::uint32_t in_case = segment.cases ? segment.case_of()[row] : 0;
            if (!first && in_case == last_case) good = sorter.compare(last, code) <= 0;
            first = false;
            last = code;
            last_case = in_case;
        }
    }
    return good;
}

void sort_within_cases(const TableLoad& table, const Sorter& sorter, RowCode* rows, std::uint32_t begin,
                       std::uint32_t end) {
    const auto before = [&](RowCode a, RowCode b) { return sorter.before(a, b); };
    for (std::uint32_t from = begin; from < end;) {
        std::uint32_t to = from + 1;
        bool sorted = true;
        const std::uint32_t in_case = case_at(table, rows[from]);
        while (to < end && case_at(table, rows[to]) == in_case) {
            sorted = sorted && !before(rows[to], rows[to - 1]);
            ++to;
        }
        if (!sorted) std::sort(rows + from, rows + to, before);
        from = to;
    }
}

}  // namespace

RowOrder order_rows(const dataset::Table& definition, const TableLoad& table, std::uint32_t cases) {
    RowOrder order;
    if (table.rows == 0) return order;
    const Sorter sorter(definition, table);
    const bool has_cases = definition.has_cases();
    const bool ascending = !has_cases || cases_ascend(table);
    if (ascending && in_order(table, sorter)) return order;
    order.identity = false;
    order.rows = ascending ? all_rows(table) : rows_by_case(table, cases);
    RowCode* rows = order.rows.as<RowCode>();
    if (!has_cases) {
        tbb::parallel_sort(rows, rows + table.rows,
                           [&](RowCode a, RowCode b) { return sorter.before(a, b); });
        return order;
    }
    constexpr std::uint32_t piece = 65536;
    tbb::parallel_for(std::uint32_t{0}, (table.rows - 1) / piece + 1, [&](std::uint32_t i) {
        const std::uint32_t begin = case_boundary(table, rows, i * piece);
        const std::uint32_t end = case_boundary(table, rows, std::min(table.rows, (i + 1) * piece));
        sort_within_cases(table, sorter, rows, begin, end);
    });
    return order;
}

}  // namespace caseaudit::casebook
