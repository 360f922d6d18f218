#include "casebook/local_dictionary.h"

namespace caseaudit::casebook {
namespace {
constexpr std::size_t small = 1024;  // slots
}

const LocalDictionary::Entry* LocalDictionary::find(const TextKey& key) const {
    if (key.is_short) return find_short(key.word);
    for (std::size_t i = key.word;; ++i) {
        const LongSlot& slot = long_slots_[i & (long_slots_.size() - 1)];
        if (!slot.used) return nullptr;
        if (slot.hash == key.word &&
            std::string_view(long_texts_).substr(slot.begin, slot.size) == key.text())
            return &slot.entry;
    }
}

void LocalDictionary::put(const TextKey& key, const Entry& entry) {
    if (!key.is_short) {
        free_slot(key.word) = {key.word, long_texts_.size(), key.size, true, entry};
        long_texts_ += key.text();
        if (++longs_ * 2 > long_slots_.size()) grow_long();
        return;
    }
    std::size_t i = (key.word * hash_multiplier) >> shift_;
    while (slots_[i].word != 0) i = (i + 1) & mask_;
    slots_[i] = {key.word, entry};
    // A small one is sparse: whether a word stands where it is sought is guessed.
    if (++used_ * (slots_.size() <= small ? 4 : 2) > slots_.size()) grow();
}

void LocalDictionary::grow() {
    const unsigned doublings = slots_.size() < small ? 2 : 1;
    std::vector<Slot> smaller(slots_.size() << doublings);
    smaller.swap(slots_);
    mask_ = slots_.size() - 1;
    shift_ -= doublings;
    for (const Slot& slot : smaller) {
        if (slot.word == 0) continue;
        std::size_t i = (slot.word * hash_multiplier) >> shift_;
        while (slots_[i].word != 0) i = (i + 1) & mask_;
        slots_[i] = slot;
    }
}

void LocalDictionary::grow_long() {
    std::vector<LongSlot> smaller(long_slots_.size() * 4);
    smaller.swap(long_slots_);
    for (const LongSlot& slot : smaller) {
        if (slot.used) free_slot(slot.hash) = slot;
    }
}

LocalDictionary::LongSlot& LocalDictionary::free_slot(std::uint64_t hash) {
    const std::size_t mask = long_slots_.size() - 1;
    std::size_t i = hash & mask;
    while (long_slots_[i].used) i = (i + 1) & mask;
    return long_slots_[i];
}

void LocalDictionary::drop_tables() {
    slots_.assign(1, {});
    mask_ = 0;
    shift_ = 63;  // slot 0 or 1: masked by nobody, so no look-up may follow
    long_slots_.clear();
    long_texts_.clear();
    slots_.shrink_to_fit();
    long_slots_.shrink_to_fit();
    long_texts_.shrink_to_fit();
}

}  // namespace caseaudit::casebook
