// Ids of texts beyond those of the casebook: constants, and what text functions make. Equal texts have one
// id in a pool and those below it, so that ids are compared in place of texts. Private to expression/.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "casebook/casebook.h"

namespace caseaudit::expression {

class TextPool {
  public:
    // Ids follow those of `below`, or of the casebook; both outlive this pool.
    TextPool(const casebook::Casebook& casebook, const TextPool* below);
    std::int32_t intern(std::string_view text);
    std::int32_t find(std::string_view text) const;  // -1 when there is none
    std::string_view text(std::int32_t id) const;
    std::size_t made() const { return texts_.size(); }
    void clear();

  private:
    const casebook::Casebook& casebook_;
    const TextPool* below_;
    std::int32_t first_;
    std::deque<std::string> texts_;
    std::unordered_map<std::string_view, std::int32_t> ids_;  // of texts_
};

// A set of text ids, made for quick tests.
class IdSet {
  public:
    IdSet() : slots_(1, empty) {}
    explicit IdSet(const std::vector<std::int32_t>& ids);
    bool contains(std::int32_t id) const {
        std::uint32_t slot = first_slot(id);
        while (slots_[slot] != id) {
            if (slots_[slot] == empty) return false;
            slot = (slot + 1) & mask_;
        }
        return true;
    }

  private:
    static constexpr std::int32_t empty = INT32_MIN;
    std::uint32_t first_slot(std::int32_t id) const {
        return (static_cast<std::uint32_t>(id) * 2654435761u >> 16) & mask_;
    }
    std::vector<std::int32_t> slots_;
    std::uint32_t mask_ = 0;
};

}  // namespace caseaudit::expression
