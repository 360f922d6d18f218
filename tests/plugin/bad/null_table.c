/* Exports the symbol and returns nothing. */
#include <caseaudit/plugin.h>

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    return NULL;
}
