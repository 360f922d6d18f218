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
    virtual std::int32_t today() const = 0;        // local date, in days since 1970-01-01
};
const Clock& system_clock();

// The largest resident memory of this process so far, in bytes.
std::uint64_t peak_memory();

}  // namespace caseaudit::platform
