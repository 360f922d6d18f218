#include "platform/workers.h"

#include <sched.h>
#include <tbb/parallel_invoke.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace caseaudit::platform {
namespace {

// Moves this thread, which may then run wherever it could before. Where it cannot be moved it stays.
void leave(int processor) {
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    cpu_set_t others = allowed;
    CPU_CLR(static_cast<unsigned>(processor), &others);
    if (CPU_COUNT(&others) > 0 && ::sched_setaffinity(0, sizeof others, &others) == 0)
        ::sched_setaffinity(0, sizeof allowed, &allowed);
}

// Of the thread that makes it and one other. If no other comes, the first attends twice.
class Meeting {
  public:
    void attend() {
        if (std::this_thread::get_id() != host_ && ::sched_getcpu() == processor_) leave(processor_);
        std::unique_lock lock(mutex_);
        if (++there_ == 2) return both_there_.notify_one();
        both_there_.wait_for(lock, longest, [this] { return there_ == 2; });
    }

  private:
    static constexpr std::chrono::milliseconds longest{1};

    const std::thread::id host_ = std::this_thread::get_id();
    const int processor_ = ::sched_getcpu();  // of the host; -1: unknown
    std::mutex mutex_;
    std::condition_variable both_there_;
    int there_ = 0;
};

}  // namespace

void meet_worker() {
    Meeting meeting;
    tbb::parallel_invoke([&] { meeting.attend(); }, [&] { meeting.attend(); });
}

}  // namespace caseaudit::platform
