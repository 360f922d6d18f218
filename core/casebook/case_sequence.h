// The order in which files list the cases. Most extracts list them alike in all their files, though seldom by
// key: numbered in that order, their rows need not be moved to stand case by case.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "casebook/interner.h"

namespace caseaudit::casebook {

// A case that a file lists and none before it did follows the one that it follows there. Does not depend on
// the numbers that keys have.
class CaseSequence {
  public:
    // Of all keys that have been collected.
    explicit CaseSequence(const Interner::Sizes& keys);
    // The keys of a table's rows, from its first row on: of rows without one, no_text.
    void begin_table() { last_ = first_slot; }
    void list(std::span<const InternId> keys);
    bool holds(InternId key) const { return next_[slot(key)] != unlisted; }
    bool complete() const { return listed_ == all_; }
    // Calls visit(key) for each, in order.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (InternId key = next_[first_slot]; key != end; key = next_[slot(key)]) visit(key);
    }

  private:
    static constexpr InternId unlisted = no_text, end = no_text - 1;
    static constexpr std::size_t first_slot = 0;  // what the first case follows
    std::size_t slot(InternId key) const { return 1 + (key & 1) * short_keys_ + (key >> 1); }
    std::size_t short_keys_, all_;
    LargeVector<InternId> next_;  // by slot
    std::size_t last_ = first_slot;
    std::size_t listed_ = 0;
};

}  // namespace caseaudit::casebook
