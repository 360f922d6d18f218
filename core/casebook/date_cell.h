// From the text of a date to a day number.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/civil.h"

namespace caseaudit::casebook {

inline constexpr int first_year = 1800, last_year = 2199;

// For year (from 1800) * 16 + month: in the low half the day number of the first, in the high half how many
// days the month has, 0 where there is no such month.
extern const std::array<std::uint64_t, (last_year - first_year + 1) * 16> months;

// Day of year, month, day; false when there is none between 1800 and 2199.
inline bool day_of(unsigned year, unsigned month, unsigned day, calendar::Day& out) {
    const unsigned y = year - first_year;
    const unsigned index = (y > last_year - first_year ? 0 : y) * 16 + (month & 15);
    const std::uint64_t found = months[index];
    out = static_cast<calendar::Day>(static_cast<std::uint32_t>(found) + day - 1);
    return y <= last_year - first_year && month < 16 && day - 1 < found >> 32;
}

// The formats of a field, each taken apart once.
class DateFormats {
  public:
    // Formats are written with d, dd, m, mm, yyyy, hh, mm, ss and separators; ISO 8601 is always read.
    explicit DateFormats(const std::vector<std::string>& formats = {});
    // Whether dd/mm/yyyy is the first format to try.
    bool day_first() const { return day_first_; }
    // `text` is trimmed. A day or month may lack its leading zero. A time of day after the date is dropped,
    // but for one in UTC at which the next day has begun in the United Kingdom: it is of that day.
    std::optional<calendar::Day> read(std::string_view text) const;

  private:
    std::vector<std::string> formats_;  // the date part of each: "dd/mm/yyyy"
    bool day_first_ = false;
};

}  // namespace caseaudit::casebook
