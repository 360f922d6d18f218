/* Needs a library that is not installed. */
#include "table.h"

extern int needed_function(void);

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static const caseaudit_plugin table = {sizeof(caseaudit_plugin),
                                           CASEAUDIT_ABI_MAJOR,
                                           CASEAUDIT_ABI_MINOR,
                                           "needs",
                                           "1.0",
                                           "For tests.",
                                           1,
                                           table_checks};
    return needed_function() == 1 ? &table : NULL;
}
