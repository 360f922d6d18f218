// Columns of a batch as plugins get them: the chosen rows of evaluated vectors in Arrow's layout.
#pragma once
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <vector>

#include "caseaudit/plugin.h"
#include "expression/expression.h"

namespace caseaudit::engine {

// Rows of a rule's scope that belong to its population: all of `size`, or those listed.
struct Selection {
    std::uint32_t size = 0;           // rows in the scope
    std::vector<std::uint32_t> rows;  // ascending; used when `all` is false
    bool all = true;
    std::uint32_t count() const { return all ? size : static_cast<std::uint32_t>(rows.size()); }
    std::uint32_t row(std::uint32_t i) const { return all ? i : rows[i]; }
};

// Keeps, of the rows in the selection, those for which the condition is true; returns for how many it is
// undecided. With `exclude`, keeps those for which it is not true and returns 0.
std::uint32_t select(const expression::Vector& condition, bool exclude, Selection& selection);

// Buffers of the columns of one batch, reused from rule to rule. One per thread and kind of memory.
class ColumnSet {
  public:
    explicit ColumnSet(std::pmr::memory_resource& memory);
    ~ColumnSet();
    void clear(std::uint32_t length);
    void add(const expression::Vector& vector, const Selection& selection, const expression::Batch& batch);
    // Marks values of the last column added as invalid; they stay known and valid in Arrow's terms.
    void mark_invalid(const expression::Vector& which, const Selection& selection);
    // Valid until the next clear().
    caseaudit_batch batch(const std::uint32_t* cases);

  private:
    struct Column;
    Column& next();
    std::pmr::memory_resource& memory_;
    std::uint32_t length_ = 0;
    std::size_t used_ = 0;
    std::vector<std::unique_ptr<Column>> columns_;
    std::vector<ArrowArray> arrays_;
    std::vector<ArrowSchema> schemas_;
    std::vector<const std::uint8_t*> states_;
};

}  // namespace caseaudit::engine
