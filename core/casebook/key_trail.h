// The case keys in the order in which one thread met them.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "casebook/interner.h"

namespace caseaudit::casebook {

// The files of an extract mostly list their cases in one order, whatever that is: the key to look up is one
// of the few that came next the last time. Looking there goes through memory in order, where a hash table of
// many keys is met at random. Two places are followed, since the prior extract holds cases that the current
// one has not: their keys stand at the end. Not shared between threads.
class KeyTrail {
  public:
    // Id of a short key (see TextKey) if it is near one of the places; else no_text.
    InternId find(std::uint64_t word) {
        if (const std::size_t at = near(places_[0], word); at != nowhere) {
            places_[0] = at + 1;
            return ids_[at];
        }
        if (const std::size_t at = near(places_[1], word); at != nowhere) {
            places_[1] = std::exchange(places_[0], at + 1);
            return ids_[at];
        }
        return no_text;
    }
    // Notes the key that came after all those met so far, and was not found.
    void met(std::uint64_t word, InternId id) {
        const std::size_t number = id >> 1;
        if (number >= positions_.size()) positions_.resize(number + number / 2 + 1, no_text);
        std::uint32_t& position = positions_[number];
        if (position == no_text) {
            position = static_cast<std::uint32_t>(ids_.size());
            words_[position] = word;
            words_.push_back(0);
            ids_.push_back(id);
        }
        places_[1] = position + std::size_t{1};
    }

  private:
    static constexpr std::size_t reach = 16;
    static constexpr std::size_t nowhere = ~std::size_t{0};
    // Half of the reach at a time, without a branch for each word: which one it is cannot be guessed.
    std::size_t near(std::size_t place, std::uint64_t word) const {
        for (const std::size_t half : {place, place + reach / 2}) {
            const std::uint64_t* const words = words_.data() + half;
            unsigned same = 0;
            for (unsigned i = 0; i < reach / 2; ++i) same |= static_cast<unsigned>(words[i] == word) << i;
            if (same != 0) return half + static_cast<unsigned>(std::countr_zero(same));
        }
        return nowhere;
    }

    LargeVector<std::uint64_t> words_ = LargeVector<std::uint64_t>(reach + 1);  // zeros, no key, at the end
    LargeVector<InternId> ids_;
    LargeVector<std::uint32_t> positions_;  // by number of the id
    std::array<std::size_t, 2> places_{};   // that used last comes first
};

}  // namespace caseaudit::casebook
