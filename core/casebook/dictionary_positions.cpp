#include "casebook/dictionary_positions.h"

#include <algorithm>

namespace caseaudit::casebook {

std::vector<std::uint32_t> TextSet::finish() {
    std::vector<std::uint32_t> members;
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        words_[i].before = before;
        before += static_cast<std::uint32_t>(__builtin_popcountll(words_[i].bits));
    }
    members.reserve(before);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        for (std::uint64_t bits = words_[i].bits; bits != 0; bits &= bits - 1) {
            members.push_back(
                static_cast<std::uint32_t>(i * 64 + static_cast<unsigned>(__builtin_ctzll(bits))));
        }
    }
    return members;
}

std::vector<std::uint32_t> DictionaryPositions::collect(const std::vector<Segment*>& segments,
                                                        std::size_t field, std::uint32_t texts) {
    std::vector<std::uint32_t> all;
    for (const Segment* segment : segments) {
        const SegmentColumn& column = segment->columns[field];
        if (column.storage == Storage::none) continue;
        if (column.texts != nullptr) {
            if (by_code_.try_emplace(column.texts).second) {
                all.insert(all.end(), column.texts->begin(), column.texts->end());
            }
            continue;
        }
        if (!set_) set_ = std::make_unique<TextSet>(texts);
        const auto* values = column.values.as<std::uint32_t>();
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            if (column.present(row)) set_->add(values[row]);
        }
        for (const InvalidCell& cell : column.invalid) set_->add(cell.text);
    }
    if (set_) {
        for (const std::uint32_t text : all) set_->add(text);
        dictionary_ = set_->finish();
    } else {
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        dictionary_ = std::move(all);
    }
    for (auto& [code_texts, positions] : by_code_) {
        positions.reserve(code_texts->size());
        for (const std::uint32_t text : *code_texts) positions.push_back(of_text(text));
    }
    return dictionary_;
}

std::uint32_t DictionaryPositions::of_text(std::uint32_t text) const {
    if (set_) return set_->position(text);
    const auto at = std::lower_bound(dictionary_.begin(), dictionary_.end(), text);
    return static_cast<std::uint32_t>(at - dictionary_.begin());
}

}  // namespace caseaudit::casebook
