#include "generate/planting.h"

#include "generate/plant_any.h"

namespace caseaudit::generate {

bool plant_error(Planting& planting) {
    const std::span<const Planter> kinds[] = {episode_planters(), cross_table_planters(), record_planters()};
    return plant_any(planting, kinds, 97);
}

}  // namespace caseaudit::generate
