// One thread's dictionary of one column: small, hot in cache, in front of the shared Interner.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "casebook/interner.h"

namespace caseaudit::casebook {

// Not shared between threads while texts are added.
class LocalDictionary {
  public:
    // Code of a short text that is known already, else no_text.
    std::uint32_t find_short(std::uint64_t word) const {
        std::size_t i = (word * hash_multiplier) >> shift_;
        for (;; i = (i + 1) & mask_) {
            const Slot& slot = slots_[i];
            if (slot.word == word) return slot.code;
            if (slot.word == 0) return no_text;
        }
    }
    // Code of any text, new or known.
    std::uint32_t add(std::string_view text, Interner& interner);
    std::uint32_t size() const { return static_cast<std::uint32_t>(ids.size()); }
    void drop_tables();  // what is known stays known by code only

    std::vector<InternId> ids;         // by code
    std::vector<std::uint8_t> listed;  // by code: is the text on the column's code list (filled by the user)

  private:
    struct Slot {
        std::uint64_t word = 0;
        std::uint32_t code = no_text;
    };
    void grow();
    std::vector<Slot> slots_ = std::vector<Slot>(64);
    std::size_t mask_ = 63;
    unsigned shift_ = 58;
    std::size_t used_ = 0;
    std::deque<std::string> long_texts_;
    std::unordered_map<std::string_view, std::uint32_t> long_codes_;
};

}  // namespace caseaudit::casebook
