#include "expression/text_pool.h"

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
    std::size_t size = 4;
    while (size < 4 * ids.size()) size *= 2;
    slots_.assign(size, empty);
    mask_ = static_cast<std::uint32_t>(size - 1);
    for (const std::int32_t id : ids) {
        if (id < 0) continue;
        std::uint32_t slot = first_slot(id);
        while (slots_[slot] != empty && slots_[slot] != id) slot = (slot + 1) & mask_;
        slots_[slot] = id;
    }
}

}  // namespace caseaudit::expression
