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
    // As many places are looked at for every id: where the search would end cannot be guessed.
    bool contains(std::int32_t id) const {
        const std::int32_t* slots = slots_.data() + first_slot(id);
        bool found = false;
        for (std::size_t i = 0; i <= reach_; ++i) found |= slots[i] == id;
        return found;
    }

  private:
    static constexpr std::int32_t empty = INT32_MIN;
    std::size_t first_slot(std::int32_t id) const {
        return (static_cast<std::uint32_t>(id) * std::uint64_t{0x9E3779B97F4A7C15} >> 32) & mask_;
    }
    void fill(const std::vector<std::int32_t>& ids, std::size_t size);
    std::vector<std::int32_t> slots_;
    std::size_t mask_ = 0;
    std::size_t reach_ = 0;  // how far from its first slot an id may stand
};

}  // namespace caseaudit::expression
