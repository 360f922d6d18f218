#include "cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace caseaudit::cli {
namespace {

constexpr auto patience = std::chrono::milliseconds(500);
constexpr auto pause = std::chrono::milliseconds(100);
constexpr std::size_t bar_width = 24;

}  // namespace

Progress::Progress(bool wanted) {
    if (!wanted || isatty(STDERR_FILENO) != 1) return;
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        for (auto wait = std::chrono::milliseconds(patience);
             !ended_.wait_for(lock, wait, [this] { return over_; }); wait = pause)
            draw();
    });
}

Progress::~Progress() {
    end();
}

void Progress::stage(std::string what, std::uint64_t steps) {
    const std::lock_guard lock(mutex_);
    what_ = std::move(what);
    steps_ = steps;
    done_ = 0;
}

void Progress::end() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    ended_.notify_one();
    thread_.join();
    if (drawn_) std::fputs("\r\033[K", stderr);
}

// Called with the lock held.
void Progress::draw() {
    if (what_.empty()) return;
    drawn_ = true;
    if (steps_ == 0) {
        std::fprintf(stderr, "\r\033[K%s", what_.c_str());
        return;
    }
    const auto done = std::min(done_.load(std::memory_order_relaxed), steps_);
    const auto full = static_cast<std::size_t>(done * bar_width / steps_);
    std::string bar;
    for (std::size_t i = 0; i < bar_width; ++i) bar += i < full ? "█" : "░";
    std::fprintf(stderr, "\r\033[K%s %s %3u %%", what_.c_str(), bar.c_str(),
                 static_cast<unsigned>(done * 100 / steps_));
}

}  // namespace caseaudit::cli
