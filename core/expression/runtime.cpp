#include "expression/runtime.h"

namespace caseaudit::expression {
namespace {

// Texts made are kept from batch to batch, as they recur, but only so many of them.
constexpr std::size_t most_made_texts = 1 << 16;

}  // namespace

Runtime::Runtime(const BoundData& bound) : bound_(bound), texts_(bound.casebook, &bound.texts) {
    const std::size_t tables = bound.graph->dataset->tables.size() * 2;
    ranges_.resize(tables);
    range_known_.resize(tables);
    case_starts_.resize(tables);
    case_of_rows_.resize(tables);
    cases_known_.resize(tables);
    caches_.resize(bound.graph->size());
    scattered_.resize(bound.graph->size());
}

void Runtime::start(std::uint32_t begin, std::uint32_t end) {
    begin_ = begin;
    end_ = end;
    if (texts_.made() > most_made_texts) {
        texts_.clear();
        for (auto& cache : caches_) cache.reset();
    }
    std::fill(range_known_.begin(), range_known_.end(), std::uint8_t{0});
    std::fill(cases_known_.begin(), cases_known_.end(), std::uint8_t{0});
}

void Runtime::find_range(TableRef table) {
    const casebook::TableView& view = bound_.casebook.table(table.table, table.which);
    RowRange& range = ranges_[index(table)] = {};
    range_known_[index(table)] = 1;
    if (!view.present && view.rows == 0) return;
    if (view.case_starts.empty()) {  // a table of no case is a matter for the first batch
        if (begin_ == 0) range.count = view.rows;
        return;
    }
    std::vector<std::uint32_t>& starts = case_starts_[index(table)];
    starts.resize(case_count() + std::size_t{1});
    view.case_starts.read(begin_, case_count(), starts.data());
    range.case_starts = starts;
    range.first = starts.front();
    range.count = starts.back() - range.first;
}

const std::uint32_t* Runtime::case_of_rows(TableRef table) {
    const RowRange& range = rows(table);
    std::vector<std::uint32_t>& cases = case_of_rows_[index(table)];
    if (cases_known_[index(table)] == 0) {
        cases_known_[index(table)] = 1;
        const std::size_t room = range.count + casebook::spread_room;
        if (cases.size() < room) cases.resize(room);
        casebook::spread_cases(range.case_starts, 0, cases.data());
    }
    return cases.data();
}

ResultCache& Runtime::cache(NodeId node) {
    auto& cache = caches_[static_cast<std::size_t>(node)];
    if (!cache) cache = std::make_unique<ResultCache>();
    return *cache;
}

}  // namespace caseaudit::expression
