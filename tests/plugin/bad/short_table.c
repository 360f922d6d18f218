/* Says that its table ends before the list of checks. */
#include "table.h"

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static const caseaudit_plugin table = {
        40, CASEAUDIT_ABI_MAJOR, CASEAUDIT_ABI_MINOR, "twin", "1.0", "For tests.", 1, table_checks};
    return &table;
}
