// Some rows of a batch as a batch of their own.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "caseaudit/plugin.h"

namespace caseaudit::plugin {

// One part at a time: its memory is used again for the next. One thread's.
class BatchRows {
  public:
    // Rows first … first + count - 1, at least one, with Arrow offsets of 0 as in every batch. Its buffers
    // are those of `batch`, but for bitmaps of which it does not begin with a byte. Valid until the next
    // call, and as long as `batch`.
    const caseaudit_batch& of(const caseaudit_batch& batch, std::size_t first, std::size_t count);

  private:
    struct Column {
        std::vector<std::uint8_t> validity, bits;  // moved to begin with a byte
        std::array<const void*, 3> buffers{};
    };
    void show(const ArrowArray& whole, char format, std::size_t first, std::size_t index);
    std::vector<Column> columns_;
    std::vector<ArrowArray> arrays_;
    std::vector<const std::uint8_t*> states_;
    caseaudit_batch batch_{};
};

// Bytes of one value of a column of that Arrow format; 0 where it is a bit. Of text: of its offset.
std::size_t value_width(char format);

// Past the last row of the case that row `row` is of.
std::size_t end_of_case(const caseaudit_batch& batch, std::size_t row);

}  // namespace caseaudit::plugin
