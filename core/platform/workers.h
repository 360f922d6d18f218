// Threads that are there when they are needed.
#pragma once

namespace caseaudit::platform {

// Starts a worker of TBB, waits until it runs, a millisecond at most, and has it run on another processor
// than this thread if both may use several. Linux may put a new thread on the processor of the one that made
// it though another is idle (in a virtual machine it cannot tell), and lets it wait there until its next
// tick, for some milliseconds: a third of what a run over a small extract takes.
void meet_worker();

}  // namespace caseaudit::platform
