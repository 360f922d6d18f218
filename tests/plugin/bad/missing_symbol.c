/* A library, but no plugin. */
#include <caseaudit/plugin.h>

CASEAUDIT_EXPORT int some_other_function(void) {
    return 1;
}
