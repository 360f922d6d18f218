// Threads that do not wait for each other's processor.
#pragma once
#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstddef>

namespace caseaudit::platform {

// As long as it lives this thread stays on the processor where it is, and TBB's workers stay off it. Linux
// puts a thread that is new, or that is woken, on the processor of the one that makes or wakes it unless it
// knows another to be idle, which it does not in many virtual machines; there the thread waits for the next
// tick, for up to four milliseconds, and a run over a small extract takes ten. A longer one is better off
// where the kernel may move its threads. Not more than one at a time.
class ThreadsApart {
  public:
    // Starts the workers of a run on so many threads and waits until they run, a millisecond at most. Does
    // nothing where there are fewer processors than threads, or more threads than can be started in that
    // time.
    explicit ThreadsApart(std::size_t threads);
    ~ThreadsApart() { end(); }
    ThreadsApart(const ThreadsApart&) = delete;
    ThreadsApart& operator=(const ThreadsApart&) = delete;

    // A process inherits what holds of the thread that starts it. From now on this one may run anywhere.
    static void let_go(pid_t process) noexcept;

  private:
    void end();
    bool is_apart_ = false;
    const pid_t host_ = ::gettid();
    cpu_set_t allowed_;  // where all may run before and after
};

}  // namespace caseaudit::platform
