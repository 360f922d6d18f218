#include "expression/text_pool.h"

#include <algorithm>

namespace caseaudit::expression {

TextPool::TextPool(const casebook::Casebook& casebook, const TextPool* below)
    : casebook_(casebook), below_(below), first_(static_cast<std::int32_t>(casebook.texts())) {
    if (below) first_ = below->first_ + static_cast<std::int32_t>(below->texts_.size());
}

std::int32_t TextPool::find(std::string_view text) const {
    if (const auto found = ids_.find(text); found != ids_.end()) return found->second;
    if (below_) return below_->find(text);
    return static_cast<std::int32_t>(casebook_.find_text(text));
}

std::int32_t TextPool::intern(std::string_view text) {
    if (const std::int32_t id = find(text); id >= 0) return id;
    const auto id = static_cast<std::int32_t>(first_ + static_cast<std::int32_t>(texts_.size()));
    ids_.emplace(texts_.emplace_back(text), id);
    return id;
}

std::string_view TextPool::text(std::int32_t id) const {
    if (id >= first_) return texts_[static_cast<std::size_t>(id - first_)];
    if (below_) return below_->text(id);
    return casebook_.text(static_cast<std::uint32_t>(id));
}

void TextPool::clear() {
    ids_.clear();
    texts_.clear();
}

IdSet::IdSet(const std::vector<std::int32_t>& ids) {
    constexpr std::size_t most = std::size_t{1} << 14;  // slots that are worth it for a shorter reach
    std::size_t size = 4;
    while (size < 4 * ids.size()) size *= 2;
    for (fill(ids, size); reach_ > 1 && size < most; fill(ids, size)) size *= 2;
}

void IdSet::fill(const std::vector<std::int32_t>& ids, std::size_t size) {
    slots_.assign(size, empty);
    mask_ = size - 1;
    reach_ = 0;
    for (const std::int32_t id : ids) {
        if (id < 0) continue;
        const std::size_t first = first_slot(id);
        std::size_t slot = first;
        while (slot < slots_.size() && slots_[slot] != empty && slots_[slot] != id) ++slot;
        if (slot == slots_.size()) slots_.push_back(empty);
        slots_[slot] = id;
        reach_ = std::max(reach_, slot - first);
    }
    slots_.resize(size + reach_, empty);  // every place that is looked at
}

}  // namespace caseaudit::expression
