// What kernels may ask of the batch they run in. One per thread. Private to expression/.
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "expression/bound_data.h"

namespace caseaudit::expression {

// Rows of a table that belong to the batch's cases.
struct RowRange {
    std::uint32_t first = 0, count = 0;
    std::span<const std::uint32_t> case_starts;  // of the batch's cases, and one more; empty: no cases
};

// Results of a text function, by the ids it was called with; forgets when slots clash.
class ResultCache {
  public:
    // Slot for the key; `known` tells whether it holds the key's result.
    std::uint64_t& slot(std::uint64_t key, bool& known) {
        Entry& entry = entries_[(key * 0x9E3779B97F4A7C15u) >> 54];
        known = entry.key == key;
        entry.key = key;
        return entry.result;
    }

  private:
    struct Entry {
        std::uint64_t key = ~std::uint64_t{0}, result = 0;
    };
    std::array<Entry, 1024> entries_;
};

class Runtime {
  public:
    explicit Runtime(const BoundData& bound);
    void start(std::uint32_t begin, std::uint32_t end);

    std::uint32_t first_case() const { return begin_; }
    std::uint32_t case_count() const { return end_ - begin_; }
    const RowRange& rows(TableRef table) {
        const std::size_t at = index(table);
        if (!range_known_[at]) find_range(table);
        return ranges_[at];
    }
    // For each row of the batch its case, counted from the batch's first.
    const std::uint32_t* case_of_rows(TableRef table);

    const casebook::Casebook& casebook() const { return bound_.casebook; }
    const calendar::WorkingDays& working_days() const { return bound_.working_days; }
    const BoundSet& set(std::int64_t index) const { return bound_.sets[static_cast<std::size_t>(index)]; }
    const re2::RE2& pattern(std::int64_t index) const {
        return *bound_.graph->patterns[static_cast<std::size_t>(index)];
    }
    // Ids of a code list; null for -1.
    const IdSet* codes(std::int64_t list) const {
        return list < 0 ? nullptr : &bound_.code_lists[static_cast<std::size_t>(list)];
    }
    std::string_view text(std::int32_t id) const { return texts_.text(id); }
    std::int32_t intern(std::string_view text) { return texts_.intern(text); }
    ResultCache& cache(NodeId node);
    // Whether hardly any text came twice when the function was last called: then they lie anywhere.
    std::uint8_t& scattered(NodeId node) { return scattered_[static_cast<std::size_t>(node)]; }

  private:
    static std::size_t index(TableRef table) {
        return static_cast<std::size_t>(table.table) * 2 + static_cast<std::size_t>(table.which);
    }
    void find_range(TableRef table);

    const BoundData& bound_;
    TextPool texts_;
    std::uint32_t begin_ = 0, end_ = 0;
    std::vector<RowRange> ranges_;                          // by index(); those asked for are known
    std::vector<std::uint8_t> range_known_;                 // by index()
    std::vector<std::vector<std::uint32_t>> case_starts_;   // by index(); what the ranges refer to
    std::vector<std::vector<std::uint32_t>> case_of_rows_;  // by index(); of this batch if known
    std::vector<std::uint8_t> cases_known_;
    std::vector<std::unique_ptr<ResultCache>> caches_;  // by node
    std::vector<std::uint8_t> scattered_;               // of the same
};

}  // namespace caseaudit::expression
