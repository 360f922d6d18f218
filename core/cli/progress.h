// What a run is doing, on the terminal: silent for the first half second, and when standard error is no
// terminal or --quiet was given. A thread of its own draws, so that what works need only count.
#pragma once
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace caseaudit::cli {

class Progress {
  public:
    // How long nothing is drawn, and how often something is from then on.
    struct Pace {
        std::chrono::milliseconds patience{500}, pause{100};
    };
    // `terminal`: a descriptor, which outlives it. Nothing is drawn where that is no terminal.
    explicit Progress(bool wanted, int terminal = STDERR_FILENO) : Progress(wanted, terminal, Pace{}) {}
    Progress(bool wanted, int terminal, Pace pace);
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
    std::string line() const;
    void write(const std::string& text) const;

    int terminal_;
    std::atomic<std::uint64_t> done_{0};
    std::mutex mutex_;
    std::condition_variable ended_;
    std::string what_;
    std::uint64_t steps_ = 0;
    bool over_ = false, drawn_ = false;
    std::thread thread_;
};

}  // namespace caseaudit::cli
