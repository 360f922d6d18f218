#include "casebook/local_dictionary.h"

namespace caseaudit::casebook {

const LocalDictionary::Entry* LocalDictionary::find(const TextKey& key) const {
    if (key.is_short) return find_short(key.word);
    const auto known = long_entries_.find(key.text());
    return known == long_entries_.end() ? nullptr : &known->second;
}

void LocalDictionary::put(const TextKey& key, const Entry& entry) {
    if (!key.is_short) {
        long_entries_.emplace(long_texts_.emplace_back(key.text()), entry);
        return;
    }
    std::size_t i = (key.word * hash_multiplier) >> shift_;
    while (slots_[i].word != 0) i = (i + 1) & mask_;
    slots_[i] = {key.word, entry};
    if (++used_ * 2 > slots_.size()) grow();
}

void LocalDictionary::grow() {
    std::vector<Slot> smaller(slots_.size() * 4);
    smaller.swap(slots_);
    mask_ = slots_.size() - 1;
    shift_ -= 2;
    for (const Slot& slot : smaller) {
        if (slot.word == 0) continue;
        std::size_t i = (slot.word * hash_multiplier) >> shift_;
        while (slots_[i].word != 0) i = (i + 1) & mask_;
        slots_[i] = slot;
    }
}

void LocalDictionary::drop_tables() {
    slots_.assign(1, {});
    slots_.shrink_to_fit();
    mask_ = 0;
    shift_ = 63;  // slot 0 or 1: masked by nobody, so no look-up may follow
    long_entries_.clear();
    long_texts_.clear();
}

}  // namespace caseaudit::casebook
