#include "platform/threads_apart.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace caseaudit::platform {
namespace {

const ThreadsApart* apart = nullptr;  // the one that lives

bool keep_on(const cpu_set_t& processors, pid_t thread) {
    return ::sched_setaffinity(thread, sizeof processors, &processors) == 0;
}

// Of one thread with all the workers there may be, each of which leaves that one's processor as it comes.
class Meeting {
  public:
    Meeting(std::size_t threads, const cpu_set_t& for_workers)
        : threads_(threads), for_workers_(for_workers) {}

    void attend() {
        const pid_t self = ::gettid();
        const bool stays = self != host_ && keep_on(for_workers_, self);
        std::unique_lock lock(mutex_);
        if (stays && std::ranges::find(workers_, self) == workers_.end()) workers_.push_back(self);
        if (++there_ == threads_) return all_there_.notify_all();
        all_there_.wait_until(lock, end_, [this] { return there_ == threads_; });
    }

    std::vector<pid_t> workers() && { return std::move(workers_); }

  private:
    const std::size_t threads_;
    const cpu_set_t for_workers_;
    const pid_t host_ = ::gettid();
    const std::chrono::steady_clock::time_point end_ =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(1);
    std::mutex mutex_;  // of what follows
    std::condition_variable all_there_;
    std::size_t there_ = 0;  // a thread that has waited long enough comes for the missing ones too
    std::vector<pid_t> workers_;
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
    Meeting meeting(threads, others);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, threads, 1), [&](const auto&) { meeting.attend(); },
        tbb::simple_partitioner());
    threads_ = std::move(meeting).workers();
    // A worker that is yet to be made would be kept on this processor as well.
    const bool all_came = threads_.size() + 1 == threads;
    if (all_came && keep_on(mine, ::gettid())) {
        threads_.push_back(::gettid());
        apart = this;
    } else {
        end();
    }
}

void ThreadsApart::end() {
    for (const pid_t thread : threads_) keep_on(allowed_, thread);
    threads_.clear();
    if (apart == this) apart = nullptr;
}

void ThreadsApart::let_go(pid_t process) noexcept {
    if (apart != nullptr) keep_on(apart->allowed_, process);
}

}  // namespace caseaudit::platform
