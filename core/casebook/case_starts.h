// Where the rows of each case begin in a table whose rows stand case by case.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace caseaudit::casebook {

// Number i is the offset of the first row of case i; the last is that of the end. Most tables have no more
// than 255 rows of any case: they hold a byte a case and the offset of every 64th; others hold every offset.
// Views memory that others own; safe to share between threads.
class CaseStarts {
  public:
    static constexpr std::uint32_t block = 64;  // cases
    static std::size_t blocks_of(std::uint32_t cases) { return cases / block + std::size_t{1}; }

    CaseStarts() = default;
    // `offsets` has cases + 1 elements.
    explicit CaseStarts(std::span<const std::uint32_t> offsets) : offsets_(offsets), size_(offsets.size()) {}
    // `counts` are the rows of each case, `offsets` the first of every 64th: blocks_of(cases) elements.
    CaseStarts(std::span<const std::uint32_t> offsets, std::span<const std::uint8_t> counts)
        : offsets_(offsets), counts_(counts), size_(counts.size() + 1) {}

    bool empty() const { return size_ == 0; }       // the table is of no case
    std::size_t size() const { return size_; }      // cases + 1
    std::uint32_t operator[](std::size_t i) const;  // takes some ten additions
    std::uint32_t back() const { return (*this)[size_ - 1]; }
    // How many rows a case has.
    std::uint32_t rows(std::size_t of_case) const {
        return counts_.empty() ? offsets_[of_case + 1] - offsets_[of_case] : counts_[of_case];
    }
    // The most rows that any of the cases [first, first + count) has.
    std::uint32_t most_rows(std::uint32_t first, std::uint32_t count) const;
    // The offsets of the cases [first, first + count) and of their end: count + 1 numbers.
    void read(std::uint32_t first, std::uint32_t count, std::uint32_t* out) const;
    // The case of a row, which must be one of the table's.
    std::uint32_t case_of(std::uint32_t row) const;

    // Fills `offsets` and `counts` from the offsets of all cases; false when a case has more than 255 rows.
    static bool pack(std::span<const std::uint32_t> all, std::uint32_t* offsets, std::uint8_t* counts);

  private:
    std::span<const std::uint32_t> offsets_;
    std::span<const std::uint8_t> counts_;
    std::size_t size_ = 0;
};

// The case of each row, from where the rows of cases begin (cases + 1 offsets): `number` for those of the
// first case, and counted on from there. `out` has room for `spread_room` numbers more than there are rows.
inline constexpr std::size_t spread_room = 8;
void spread_cases(std::span<const std::uint32_t> starts, std::uint32_t number, std::uint32_t* out);

}  // namespace caseaudit::casebook
