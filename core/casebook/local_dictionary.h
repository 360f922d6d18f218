// One thread's dictionary of one column: small, hot in cache, in front of the shared Interner.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "casebook/cell_kernels.h"
#include "casebook/interner.h"

namespace caseaudit::casebook {

// Not shared between threads while texts are added.
class LocalDictionary {
  public:
    // The code of a text, and the state of the cells that hold it.
    struct Entry {
        std::uint32_t code = 0;
        std::uint32_t state = is_missing;
    };
    // What is known of a short text; null if nothing is. Word 0, no text, is missing and has code 0.
    const Entry* find_short(std::uint64_t word) const {
        std::size_t i = (word * hash_multiplier) >> shift_;
        while (slots_[i].word != word) {
            if (slots_[i].word == 0) return nullptr;
            i = (i + 1) & mask_;
        }
        return &slots_[i].entry;
    }
    const Entry* find(const TextKey& key) const;  // the same of any text
    // What is known of a text whose id this is. A new one gets the next code, and the state that
    // `judge(text)` tells.
    template <class Judge>
    Entry add(const TextKey& key, InternId id, Judge&& judge) {
        if (const Entry* known = find(key)) return *known;
        const Entry entry{size(), judge(key.text())};
        ids.push_back(id);
        put(key, entry);
        return entry;
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(ids.size()); }
    void drop_tables();  // what is known stays known by code only

    std::vector<InternId> ids;  // by code

  private:
    struct Slot {
        std::uint64_t word = 0;  // 0: free
        Entry entry;
    };
    struct LongSlot {
        std::uint64_t hash = 0;
        std::size_t begin = 0;  // in long_texts_
        std::uint32_t size = 0;
        bool used = false;
        Entry entry;
    };
    void put(const TextKey& key, const Entry& entry);
    void grow();
    void grow_long();
    LongSlot& free_slot(std::uint64_t hash);
    std::vector<Slot> slots_ = std::vector<Slot>(64);
    std::size_t mask_ = 63;
    unsigned shift_ = 58;
    std::size_t used_ = 0;
    std::vector<LongSlot> long_slots_ = std::vector<LongSlot>(16);
    std::size_t longs_ = 0;
    std::string long_texts_;  // one behind the other
};

}  // namespace caseaudit::casebook
