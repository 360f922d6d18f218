// The case keys in the order in which one thread met them.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "casebook/interner.h"
#include "casebook/pages.h"

namespace caseaudit::casebook {

// The files of an extract mostly list their cases in one order, whatever that is: the key to look up is one
// of the few that came next the last time. Looking there goes through memory in order, where a hash table of
// many keys is met at random. Two places are followed, since the prior extract holds cases that the current
// one has not: their keys stand at the end. Not shared between threads.
class KeyTrail {
  public:
    KeyTrail() { words_.reach(reach + 1); }
    // Id of a short key (see TextKey) if it is near one of the places; else no_text.
    InternId find(std::uint64_t word) {
        // Mostly the very next one, or the one after a case that this file does not have.
        for (unsigned skipped = 0; skipped < 2; ++skipped) {
            const std::size_t at = places_[0] + skipped;
            if (words_[at] != word) continue;
            places_[0] = at + 1;
            return ids_[at];
        }
        if (words_[places_[1]] == word) {
            std::swap(places_[0], places_[1]);
            return ids_[places_[0]++];
        }
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
        places_after_.reach(number + 1);
        std::uint32_t& place_after = places_after_[number];
        if (place_after == 0) {
            words_.reach(met_ + reach + 1);
            ids_.reach(met_ + 1);
            words_[met_] = word;
            ids_[met_] = id;
            place_after = ++met_;
        }
        places_[1] = place_after;
    }

  private:
    static constexpr std::size_t reach = 16;
    static constexpr std::size_t nowhere = ~std::size_t{0};
    // Half of the reach at a time, without a branch for each word: which one it is cannot be guessed.
    std::size_t near(std::size_t place, std::uint64_t word) const {
        if (place >= met_) return nowhere;
        for (const std::size_t half : {place, place + reach / 2}) {
            const std::uint64_t* const words = words_.data() + half;
            unsigned same = 0;
            for (unsigned i = 0; i < reach / 2; ++i) same |= static_cast<unsigned>(words[i] == word) << i;
            if (same != 0) return half + static_cast<unsigned>(std::countr_zero(same));
        }
        return nowhere;
    }

    std::uint32_t met_ = 0;
    GrowingArray<std::uint64_t> words_;  // zeros, no key, at the end
    GrowingArray<InternId> ids_;
    GrowingArray<std::uint32_t> places_after_;  // by number of an id, behind its key; 0: not met
    std::array<std::size_t, 2> places_{};       // that used last comes first
};

}  // namespace caseaudit::casebook
