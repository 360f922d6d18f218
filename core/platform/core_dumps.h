// Images of the process's memory that the system writes to the disk when it crashes.
#pragma once

namespace caseaudit::platform {

// From now on there is none of this process nor of those that it starts: it would hold the records of every
// child, readable for whoever looks after crashes. By the limit, and because a system that hands dumps to a
// program (systemd-coredump) passes over the limit, by not being dumpable; this also keeps other processes of
// the same user from reading its memory. A program that is started has this right back, not the limit.
void forbid_core_dumps();

}  // namespace caseaudit::platform
