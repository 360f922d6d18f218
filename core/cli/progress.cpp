#include "cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>

#include <algorithm>

namespace caseaudit::cli {
namespace {

constexpr std::size_t widest_bar = 24, narrowest_bar = 4;
constexpr std::string_view clear_line = "\r\033[K";

// A line that is wider would be broken by the terminal, and what is above the break stays there.
std::size_t columns(int terminal) {
    winsize size{};
    return ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

Progress::Progress(bool wanted, int terminal, Pace pace) : terminal_(terminal) {
    if (!wanted || isatty(terminal) != 1) return;
    thread_ = std::thread([this, pace] {
        std::unique_lock lock(mutex_);
        for (auto wait = pace.patience; !ended_.wait_for(lock, wait, [this] { return over_; });
             wait = pace.pause)
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
    if (drawn_) write(std::string(clear_line));
}

// Called with the lock held.
void Progress::draw() {
    if (what_.empty()) return;
    drawn_ = true;
    write(fmt::format("{}{}", clear_line, line()));
}

std::string Progress::line() const {
    if (steps_ == 0) return what_;
    const auto done = std::min(done_.load(std::memory_order_relaxed), steps_);
    const std::string percent = fmt::format("{:>3} %", done * 100 / steps_);
    const std::size_t room = columns(terminal_), words = what_.size() + percent.size() + 2;
    if (room < words + narrowest_bar + 1) return fmt::format("{} {}", what_, percent);
    const std::size_t width = std::min(widest_bar, room - words - 1);
    const auto full = static_cast<std::size_t>(done * width / steps_);
    std::string bar;
    for (std::size_t i = 0; i < width; ++i) bar += i < full ? "█" : "░";
    return fmt::format("{} {} {}", what_, bar, percent);
}

// A terminal that is gone is nobody to tell.
void Progress::write(const std::string& text) const {
    for (std::size_t at = 0; at < text.size();) {
        const auto written = ::write(terminal_, text.data() + at, text.size() - at);
        if (written <= 0) return;
        at += static_cast<std::size_t>(written);
    }
}

}  // namespace caseaudit::cli
