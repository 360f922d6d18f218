#include "casebook/case_sequence.h"

namespace caseaudit::casebook {

CaseSequence::CaseSequence(const Interner::Sizes& keys)
    : short_keys_(keys.ids[0]), all_(keys.texts), next_(1 + keys.ids[0] + keys.ids[1], unlisted) {
    next_[first_slot] = end;
}

void CaseSequence::list(std::span<const InternId> keys) {
    InternId before = no_text;
    for (const InternId key : keys) {
        if (key == before || key == no_text) continue;
        before = key;
        const std::size_t at = slot(key);
        if (next_[at] == unlisted) {
            next_[at] = next_[last_];
            next_[last_] = key;
            ++listed_;
        }
        last_ = at;
    }
}

}  // namespace caseaudit::casebook
