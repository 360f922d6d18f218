// Where the time of loading goes; for benchmarks and --timings.
#pragma once
#include "platform/process.h"

namespace caseaudit::casebook {

// Seconds, of wall-clock time.
struct Phases {
    double read = 0;   // files to converted columns
    double cases = 0;  // keys to cases
    double texts = 0;  // ordering all distinct texts
    double order = 0;  // rows into their order, derived tables
    double write = 0;  // columns into the image
};

// Adds the time since the last lap, or since it was made, to a phase; does nothing without phases.
class LapClock {
  public:
    LapClock(Phases* phases, const platform::Clock& clock)
        : phases_(phases), clock_(clock), last_(phases == nullptr ? 0 : clock.nanoseconds()) {}
    void lap(double Phases::*phase) {
        if (phases_ == nullptr) return;
        const std::int64_t now = clock_.nanoseconds();
        phases_->*phase += static_cast<double>(now - last_) * 1e-9;
        last_ = now;
    }

  private:
    Phases* phases_;
    const platform::Clock& clock_;
    std::int64_t last_;
};

}  // namespace caseaudit::casebook
