#include "casebook/crowded_cases.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace caseaudit::casebook {
namespace {

// Of so many rows one is looked at: of a crowded case twenty or more.
constexpr std::uint32_t stride = most_rows_of_a_case / 20;

// Rows counted by the last bits of their case.
class Buckets {
  public:
    explicit Buckets(std::uint32_t rows) : counts_(std::bit_ceil(rows / stride * 2 + 64), 0) {}
    void add(std::uint32_t of_case) { any_ |= ++counts_[of_case & (counts_.size() - 1)] >= suspicious_; }
    bool any_suspicious() const { return any_; }
    bool is_suspicious(std::uint32_t of_case) const {
        return counts_[of_case & (counts_.size() - 1)] >= suspicious_;
    }

  private:
    static constexpr std::uint32_t suspicious_ = most_rows_of_a_case / stride / 2;
    std::vector<std::uint32_t> counts_;
    bool any_ = false;
};

Buckets some_rows(const TableLoad& table) {
    Buckets buckets(table.rows);
    std::uint32_t row = 0;
    for (const auto& segment : table.segments) {
        for (; row < segment->rows; row += stride) {
            const std::uint32_t of_case = std::as_const(*segment).case_of()[row];
            if (of_case != no_text) buckets.add(of_case);
        }
        row -= segment->rows;
    }
    return buckets;
}

}  // namespace

std::vector<std::uint32_t> crowded_cases(const TableLoad& table) {
    if (table.rows <= most_rows_of_a_case) return {};
    const Buckets buckets = some_rows(table);
    if (!buckets.any_suspicious()) return {};
    std::unordered_map<std::uint32_t, std::uint32_t> counts;
    for (const auto& segment : table.segments) {
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            const std::uint32_t of_case = std::as_const(*segment).case_of()[row];
            if (of_case != no_text && buckets.is_suspicious(of_case)) ++counts[of_case];
        }
    }
    std::vector<std::uint32_t> crowded;
    for (const auto& [number, rows] : counts)
        if (rows > most_rows_of_a_case) crowded.push_back(number);
    std::sort(crowded.begin(), crowded.end());
    return crowded;
}

}  // namespace caseaudit::casebook
