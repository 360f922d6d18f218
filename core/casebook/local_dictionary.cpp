#include "casebook/local_dictionary.h"

namespace caseaudit::casebook {

std::uint32_t LocalDictionary::add(std::string_view text, Interner& interner) {
    const TextKey key = text_key(text);
    if (!key.is_short) {
        const auto known = long_codes_.find(text);
        if (known != long_codes_.end()) return known->second;
    } else if (const std::uint32_t code = find_short(key.word); code != no_text) {
        return code;
    }
    const std::uint32_t code = size();
    ids.push_back(interner.intern(key));
    if (!key.is_short) {
        long_codes_.emplace(long_texts_.emplace_back(text), code);
        return code;
    }
    std::size_t i = (key.word * hash_multiplier) >> shift_;
    while (slots_[i].word != 0) i = (i + 1) & mask_;
    slots_[i] = {key.word, code};
    if (++used_ * 2 > slots_.size()) grow();
    return code;
}

void LocalDictionary::grow() {
    std::vector<Slot> smaller(slots_.size() * 2);
    smaller.swap(slots_);
    mask_ = slots_.size() - 1;
    --shift_;
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
    long_codes_.clear();
    long_texts_.clear();
}

}  // namespace caseaudit::casebook
