/* Calls a function that no library provides. */
#include "table.h"

extern int connect_to_case_system(void);

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static const caseaudit_plugin table = {sizeof(caseaudit_plugin),
                                           CASEAUDIT_ABI_MAJOR,
                                           CASEAUDIT_ABI_MINOR,
                                           "calls",
                                           "1.0",
                                           "For tests.",
                                           1,
                                           table_checks};
    return connect_to_case_system() == 0 ? &table : NULL;
}
