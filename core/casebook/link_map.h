// From the value of a linking field to a case.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "casebook/short_text.h"

namespace caseaudit::casebook {

// Open addressing, sized once. Of several cases for one value the smallest counts, so that the order of rows
// does not show.
class LinkMap {
  public:
    explicit LinkMap(std::size_t values) {
        std::size_t size = 16;
        while (size < values * 2) size *= 2;
        if (values > 0) slots_.resize(size);
    }
    void add(std::int64_t value, std::uint32_t in_case) {
        Slot& slot = slots_[place(value)];
        slot = {value, std::min(slot.in_case, in_case)};
    }
    // The case, or 2^32 - 1 when there is none.
    std::uint32_t find(std::int64_t value) const {
        return slots_.empty() ? none : slots_[place(value)].in_case;
    }

  private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    struct Slot {
        std::int64_t value = 0;
        std::uint32_t in_case = none;
    };
    std::size_t place(std::int64_t value) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t i = hash_word(static_cast<std::uint64_t>(value)) & mask;
        while (slots_[i].in_case != none && slots_[i].value != value) i = (i + 1) & mask;
        return i;
    }
    std::vector<Slot> slots_;
};

}  // namespace caseaudit::casebook
