// What a rule gives a check, and the pack's calendar, as bytes: to make the check in another process.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/working_days.h"
#include "caseaudit/plugin.h"

namespace caseaudit::sandbox {

std::string encode_configuration(const caseaudit_configuration& configuration,
                                 const calendar::WorkingDays& working_days);

// Owns what its configuration borrows. Not copied or moved.
class Configuration {
  public:
    // From bytes that the host wrote.
    explicit Configuration(std::string_view bytes);
    Configuration(const Configuration&) = delete;
    Configuration& operator=(const Configuration&) = delete;
    const caseaudit_configuration& get() const { return configuration_; }
    const calendar::WorkingDays& working_days() const { return working_days_; }

  private:
    caseaudit_string keep(std::string_view text);
    void add_argument(class Decoder& in);
    caseaudit_configuration configuration_{};
    calendar::WorkingDays working_days_;
    std::deque<std::string> texts_;
    std::deque<caseaudit_argument> arguments_;
    std::deque<std::vector<caseaudit_value>> values_;
    std::deque<std::vector<caseaudit_string>> expressions_;
    std::vector<const caseaudit_argument*> list_;
};

}  // namespace caseaudit::sandbox
