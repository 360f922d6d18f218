// One error of many kinds, whichever can be planted.
#pragma once
#include <cstddef>
#include <cstdint>

namespace caseaudit::generate {

// Tries the planters of all kinds, each once, in a random order that `planting.random` begins, until one has
// planted its error; false: none could. `Kinds` is a range of spans of bool (*)(Planting&). `step` is greater
// than 0 and has no factor in common with the number of planters: steps of it make an order without a list.
template <class Planting, class Kinds>
bool plant_any(Planting& planting, const Kinds& kinds, std::size_t step) {
    std::size_t total = 0;
    for (const auto& kind : kinds) total += kind.size();
    const std::size_t start = planting.random.below(static_cast<std::uint32_t>(total));
    for (std::size_t tried = 0; tried < total; ++tried) {
        std::size_t index = (start + tried * step) % total;
        for (const auto& kind : kinds) {
            if (index >= kind.size()) {
                index -= kind.size();
                continue;
            }
            if (kind[index](planting)) return true;
            break;
        }
    }
    return false;
}

}  // namespace caseaudit::generate
