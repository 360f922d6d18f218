#include "generate/planting.h"

namespace caseaudit::generate {

bool plant_error(Planting& planting) {
    const std::span<const Planter> kinds[] = {episode_planters(), cross_table_planters(), record_planters()};
    std::size_t total = 0;
    for (const std::span<const Planter> kind : kinds) total += kind.size();
    // A random order without a list: steps of a number that has no factor in common with the total.
    const std::size_t start = planting.random.below(static_cast<std::uint32_t>(total));
    constexpr std::size_t step = 97;
    for (std::size_t tried = 0; tried < total; ++tried) {
        std::size_t index = (start + tried * step) % total;
        for (const std::span<const Planter> kind : kinds) {
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
