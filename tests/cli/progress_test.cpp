// The bar, on a terminal of the test's own. Each step waits until it is drawn, however slow the machine is.
#include "cli/progress.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <catch2/catch.hpp>

using caseaudit::cli::Progress;
using namespace std::chrono_literals;

namespace {

constexpr Progress::Pace at_once{0ms, 1ms};

class Terminal {
  public:
    explicit Terminal(unsigned short columns = 80) : screen_(posix_openpt(O_RDWR | O_NOCTTY)) {
        REQUIRE(screen_ >= 0);
        REQUIRE(grantpt(screen_) == 0);
        REQUIRE(unlockpt(screen_) == 0);
        line_ = open(ptsname(screen_), O_RDWR | O_NOCTTY);
        REQUIRE(line_ >= 0);
        const winsize size{24, columns, 0, 0};
        REQUIRE(ioctl(line_, TIOCSWINSZ, &size) == 0);
    }
    ~Terminal() {
        close(line_);
        close(screen_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    int line() const { return line_; }
    // Waits until that is on the line that the screen shows.
    bool shows(const std::string& text) {
        while (shown().find(text) == std::string::npos)
            if (!read(60'000)) return false;
        return true;
    }
    // The line as it stands, with all that has come.
    std::string now() {
        while (read(0)) {
        }
        return shown();
    }

  private:
    std::string shown() const {
        return all_.substr(all_.rfind("\033[K") == std::string::npos ? 0 : all_.rfind("\033[K") + 3);
    }
    bool read(int milliseconds) {
        pollfd waiting{screen_, POLLIN, 0};
        if (poll(&waiting, 1, milliseconds) != 1) return false;
        char bytes[4096];
        const auto got = ::read(screen_, bytes, sizeof bytes);
        if (got <= 0) return false;
        all_.append(bytes, static_cast<std::size_t>(got));
        return true;
    }
    int screen_, line_ = -1;
    std::string all_;
};

std::string bar(int full, int width) {
    std::string out;
    for (int i = 0; i < width; ++i) out += i < full ? "█" : "░";
    return out;
}

}  // namespace

TEST_CASE("the bar moves with the steps through the stages, and is gone in the end") {
    Terminal terminal;
    Progress progress(true, terminal.line(), at_once);
    progress.stage("Reading the extract");
    CHECK(terminal.shows("Reading the extract"));
    progress.stage("Auditing", 4);
    CHECK(terminal.shows("Auditing " + bar(0, 24) + "   0 %"));
    progress.step();
    CHECK(terminal.shows("Auditing " + bar(6, 24) + "  25 %"));
    progress.step();
    progress.step();
    CHECK(terminal.shows("Auditing " + bar(18, 24) + "  75 %"));
    progress.step();
    progress.step();  // more than was said is no more than all
    CHECK(terminal.shows("Auditing " + bar(24, 24) + " 100 %"));
    progress.stage("Writing");
    CHECK(terminal.shows("Writing"));
    progress.end();
    CHECK(terminal.now().empty());
}

TEST_CASE("the bar is as wide as a narrow terminal has room for") {
    Terminal narrow(24);
    Progress progress(true, narrow.line(), at_once);
    progress.stage("Auditing", 2);
    progress.step();
    CHECK(narrow.shows("Auditing " + bar(4, 8) + "  50 %"));
    Terminal slit(16);
    Progress words(true, slit.line(), at_once);
    words.stage("Auditing", 2);
    CHECK(slit.shows("Auditing   0 %"));
}

TEST_CASE("nothing is drawn before its time, where it is not wanted, and on what is no terminal") {
    Terminal terminal, other;
    {
        Progress patient(true, terminal.line(), {1h, 1ms});
        patient.stage("Auditing", 1);
        Progress unwanted(false, terminal.line(), at_once);
        unwanted.stage("Auditing", 1);
        Progress drawn(true, other.line(), at_once);  // by when they would have drawn as well
        drawn.stage("Auditing", 1);
        CHECK(other.shows("Auditing"));
    }
    CHECK(terminal.now().empty());
    int pipe_ends[2];
    REQUIRE(pipe2(pipe_ends, O_NONBLOCK) == 0);
    {
        Progress to_pipe(true, pipe_ends[1], at_once);
        to_pipe.stage("Auditing", 1);
    }
    char byte = 0;
    CHECK(::read(pipe_ends[0], &byte, 1) == -1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}
