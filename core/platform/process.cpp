#include "platform/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <climits>
#include <ctime>

namespace caseaudit::platform {
namespace {

class SystemClock final : public Clock {
  public:
    std::int64_t nanoseconds() const override {
        using std::chrono::nanoseconds;
        return std::chrono::duration_cast<nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }

    std::int64_t thread_nanoseconds() const override {
        timespec spent{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
        return std::int64_t{spent.tv_sec} * 1'000'000'000 + spent.tv_nsec;
    }

    std::int32_t today() const override {
        const std::time_t now = std::time(nullptr);
        std::tm local{};
        ::localtime_r(&now, &local);
        const std::chrono::year_month_day date{std::chrono::year{local.tm_year + 1900},
                                               std::chrono::month{static_cast<unsigned>(local.tm_mon + 1)},
                                               std::chrono::day{static_cast<unsigned>(local.tm_mday)}};
        return static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count());
    }
};

}  // namespace

std::string executable_path() {
    char buffer[PATH_MAX];
    const ssize_t length = ::readlink("/proc/self/exe", buffer, sizeof buffer);
    return length > 0 ? std::string(buffer, static_cast<std::size_t>(length)) : std::string();
}

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

std::uint64_t peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace caseaudit::platform
