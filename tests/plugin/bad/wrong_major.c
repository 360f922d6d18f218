/* Speaks a later major version of the contract. */
#include "table.h"

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static const caseaudit_plugin table = {
        sizeof(caseaudit_plugin), 2, 0, "twin", "1.0", "For tests.", 1, table_checks};
    return &table;
}
