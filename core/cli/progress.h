// What a run is doing, on the terminal: silent for the first half second, and when standard error is no
// terminal or --quiet was given. A thread of its own draws, so that what works need only count.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace caseaudit::cli {

class Progress {
  public:
    explicit Progress(bool wanted);
    ~Progress();  // takes what it drew off the terminal
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // From now on it does `what`, in `steps` steps; 0 when nobody can tell how many.
    void stage(std::string what, std::uint64_t steps = 0);
    // A step is done. May be called from any thread.
    void step() { done_.fetch_add(1, std::memory_order_relaxed); }
    // Nothing more is drawn, and what was is gone.
    void end();

  private:
    void draw();
    std::atomic<std::uint64_t> done_{0};
    std::mutex mutex_;
    std::condition_variable ended_;
    std::string what_;
    std::uint64_t steps_ = 0;
    bool over_ = false, drawn_ = false;
    std::thread thread_;
};

}  // namespace caseaudit::cli
