/* A library that one of the plugins needs and that is not where it looks. */
#include <caseaudit/plugin.h>

CASEAUDIT_EXPORT int needed_function(void) {
    return 1;
}
