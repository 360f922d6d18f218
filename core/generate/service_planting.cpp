#include "generate/service_planting.h"

namespace caseaudit::generate::service {

bool plant_error(Planting&) {
    return false;
}

}  // namespace caseaudit::generate::service
