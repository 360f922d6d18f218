#include "expression/runtime.h"

namespace caseaudit::expression {
namespace {

// Texts made are kept from batch to batch, as they recur, but only so many of them.
constexpr std::size_t most_made_texts = 1 << 16;

}  // namespace

Runtime::Runtime(const BoundData& bound) : bound_(bound), texts_(bound.casebook, &bound.texts) {
    const std::size_t tables = bound.graph->dataset->tables.size() * 2;
    ranges_.resize(tables);
    case_of_rows_.resize(tables);
    caches_.resize(bound.graph->size());
}

void Runtime::start(std::uint32_t begin, std::uint32_t end) {
    begin_ = begin;
    end_ = end;
    if (texts_.made() > most_made_texts) {
        texts_.clear();
        for (auto& cache : caches_) cache.reset();
    }
    for (std::size_t table = 0; table * 2 < ranges_.size(); ++table)
        for (const Which which : {Which::current, Which::prior}) {
            const TableRef reference{static_cast<int>(table), which};
            ranges_[index(reference)] = range_of(reference);
            case_of_rows_[index(reference)].clear();
        }
}

RowRange Runtime::range_of(TableRef table) const {
    const casebook::TableView& view = bound_.casebook.table(table.table, table.which);
    RowRange range;
    if (!view.present && view.rows == 0) return range;
    if (view.case_starts.empty()) {  // a table of no case is a matter for the first batch
        if (begin_ == 0) range.count = view.rows;
        return range;
    }
    range.case_starts = view.case_starts.subspan(begin_, end_ - begin_ + 1);
    range.first = range.case_starts.front();
    range.count = range.case_starts.back() - range.first;
    return range;
}

const std::uint32_t* Runtime::case_of_rows(TableRef table) {
    const RowRange& range = rows(table);
    std::vector<std::uint32_t>& cases = case_of_rows_[index(table)];
    if (cases.empty() && range.count > 0) {
        cases.resize(range.count);
        for (std::uint32_t i = 0; i + 1 < range.case_starts.size(); ++i)
            std::fill(cases.begin() + (range.case_starts[i] - range.first),
                      cases.begin() + (range.case_starts[i + 1] - range.first), i);
    }
    return cases.data();
}

ResultCache& Runtime::cache(NodeId node) {
    auto& cache = caches_[static_cast<std::size_t>(node)];
    if (!cache) cache = std::make_unique<ResultCache>();
    return *cache;
}

}  // namespace caseaudit::expression
