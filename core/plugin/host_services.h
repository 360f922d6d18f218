// The services of caseaudit_host, over a pack's calendar.
#pragma once
#include "calendar/working_days.h"
#include "caseaudit/plugin.h"

namespace caseaudit::plugin {

// Refers to `working_days`, which must outlive it. Immutable; any thread may use its table.
class HostServices {
  public:
    explicit HostServices(const calendar::WorkingDays& working_days);
    HostServices(const HostServices&) = delete;
    HostServices& operator=(const HostServices&) = delete;
    const caseaudit_host* table() const { return &table_; }

  private:
    caseaudit_host table_;
};

}  // namespace caseaudit::plugin
