// Throws when it is asked for its table.
#include <caseaudit/plugin.h>

#include <stdexcept>

extern "C" CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    throw std::runtime_error("no licence on this machine");
}
