#include "platform/threads_apart.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_scheduler_observer.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace caseaudit::platform {
namespace {

bool keep_on(const cpu_set_t& processors, pid_t thread) {
    return ::sched_setaffinity(thread, sizeof processors, &processors) == 0;
}

// Where TBB's workers run. TBB makes one whenever those that there are do not come at once, and it inherits
// where the thread that makes it may run: each is placed as it comes.
class Placement : public tbb::task_scheduler_observer {
  public:
    // The workers outlive whoever wants them apart.
    static Placement& of_workers() {
        static Placement& placement = *new Placement;
        return placement;
    }

    void begin(const cpu_set_t& others, const cpu_set_t& all) {
        const std::lock_guard lock(mutex_);
        others_ = others;
        all_ = all;
        is_apart_ = true;
        ++turn_;
        if (!is_observing()) observe(true);
    }
    // All that came may run anywhere at once, those yet to come when they do.
    void end() {
        const std::lock_guard lock(mutex_);
        for (const pid_t worker : workers_) keep_on(all_, worker);
        workers_.clear();
        is_apart_ = false;
        ++turn_;
    }
    // This thread is a worker.
    void place() {
        static thread_local unsigned placed = 0;
        if (placed == turn_) return;
        const std::lock_guard lock(mutex_);
        placed = turn_;
        keep_on(is_apart_ ? others_ : all_, ::gettid());
        if (is_apart_) workers_.push_back(::gettid());
    }
    void let_go(pid_t process) {
        const std::lock_guard lock(mutex_);
        if (is_apart_) keep_on(all_, process);
    }
    std::size_t workers() {
        const std::lock_guard lock(mutex_);
        return workers_.size();
    }

  private:
    void on_scheduler_entry(bool is_worker) override {
        if (is_worker) place();
    }

    std::atomic<unsigned> turn_ = 0;
    std::mutex mutex_;  // of what follows
    bool is_apart_ = false;
    cpu_set_t others_, all_;
    std::vector<pid_t> workers_;  // that were placed apart
};

// Of one thread with all the workers there may be.
class Meeting {
  public:
    explicit Meeting(std::size_t threads) : threads_(threads) {}

    void attend() {
        if (::gettid() != host_) Placement::of_workers().place();
        std::unique_lock lock(mutex_);
        if (++there_ == threads_) return all_there_.notify_all();
        all_there_.wait_until(lock, end_, [this] { return there_ == threads_; });
    }

  private:
    const std::size_t threads_;
    const pid_t host_ = ::gettid();
    const std::chrono::steady_clock::time_point end_ =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(1);
    std::mutex mutex_;
    std::condition_variable all_there_;
    std::size_t there_ = 0;  // a thread that has waited long enough comes for the missing ones too
};

}  // namespace

ThreadsApart::ThreadsApart(std::size_t threads) {
    constexpr std::size_t most = 8;
    const int here = ::sched_getcpu();
    if (threads < 2 || threads > most || here < 0 ||
        ::sched_getaffinity(0, sizeof allowed_, &allowed_) != 0 ||
        static_cast<std::size_t>(CPU_COUNT(&allowed_)) < threads)
        return;
    cpu_set_t mine, others = allowed_;
    CPU_ZERO(&mine);
    CPU_SET(static_cast<unsigned>(here), &mine);
    CPU_CLR(static_cast<unsigned>(here), &others);
    is_apart_ = true;
    Placement::of_workers().begin(others, allowed_);
    Meeting meeting(threads);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, threads, 1), [&](const auto&) { meeting.attend(); },
        tbb::simple_partitioner());
    // One that is made later could not run before this thread waits.
    const bool all_came = Placement::of_workers().workers() + 1 >= threads;
    if (!all_came || !keep_on(mine, host_)) end();
}

void ThreadsApart::end() {
    if (!is_apart_) return;
    is_apart_ = false;
    keep_on(allowed_, host_);
    Placement::of_workers().end();
}

void ThreadsApart::let_go(pid_t process) noexcept {
    Placement::of_workers().let_go(process);
}

}  // namespace caseaudit::platform
