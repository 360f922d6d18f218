#include "platform/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace caseaudit::platform {

// Neither call can fail: a limit may always be lowered, and no other value is given to prctl.
void forbid_core_dumps() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace caseaudit::platform
