// This process and its machine: where the program lies, how long things take.
#pragma once
#include <cstdint>
#include <string>

namespace caseaudit::platform {

// The absolute path of the running program, or "" where the system does not tell.
std::string executable_path();

// A clock for durations, replaceable in tests.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual std::int64_t nanoseconds() const = 0;  // since an unspecified moment; never goes back
    // That a processor has spent on the calling thread. Asking takes longer than asking for nanoseconds().
    virtual std::int64_t thread_nanoseconds() const = 0;
    virtual std::int32_t today() const = 0;  // local date, in days since 1970-01-01
};
const Clock& system_clock();

// The largest resident memory of this process so far, in bytes.
std::uint64_t peak_memory();

}  // namespace caseaudit::platform
