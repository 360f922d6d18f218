// From the text of a date to a day number.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/civil.h"

namespace caseaudit::casebook {

inline constexpr int first_year = 1800, last_year = 2199;

// For year (from 1800) * 16 + month: the day number of the first, and how many days the month has.
struct Month {
    calendar::Day first = 0;
    std::int32_t days = 0;  // 0: there is no such month
};
extern const std::array<Month, (last_year - first_year + 1) * 16> months;

// Day of year, month, day; false when there is none between 1800 and 2199.
inline bool day_of(unsigned year, unsigned month, unsigned day, calendar::Day& out) {
    const unsigned y = year - first_year;
    const unsigned index = (y > last_year - first_year ? 0 : y) * 16 + (month & 15);
    const Month& found = months[index];
    out = found.first + static_cast<std::int32_t>(day) - 1;
    return y <= last_year - first_year && month < 16 && day - 1 < static_cast<unsigned>(found.days);
}

// The ten bytes dd/mm/yyyy exactly.
inline bool read_day_month_year(const char* text, calendar::Day& out) {
    std::uint64_t head;
    std::uint16_t tail;
    std::memcpy(&head, text, 8);
    std::memcpy(&tail, text + 8, 2);
    // Digits become 0 to 9, the two strokes 0; whatever else there is sets the top bit of its byte below.
    head ^= 0x30302F30302F3030;
    const auto last = static_cast<std::uint16_t>(tail ^ 0x3030);
    const std::uint64_t bad = (head + 0x76767F76767F7676) | head;
    const unsigned bad_last = (last + 0x7676u) | last;
    head = head * 10 + (head >> 8);
    const auto day = static_cast<unsigned>(head & 255), month = static_cast<unsigned>(head >> 24 & 255);
    const unsigned year =
        static_cast<unsigned>(head >> 48 & 255) * 100 + (last & 255) * 10 + (last >> 8 & 255);
    const bool real = day_of(year, month, day, out);
    return real && (bad & 0x8080808080808080) == 0 && (bad_last & 0x8080) == 0;
}

// The formats of a field, each taken apart once.
class DateFormats {
  public:
    // Formats are written with d, dd, m, mm, yyyy, hh, mm, ss and separators; ISO 8601 is always read.
    explicit DateFormats(const std::vector<std::string>& formats = {});
    // Whether dd/mm/yyyy is the first format to try.
    bool day_first() const { return day_first_; }
    // `text` is trimmed. A day or month may lack its leading zero. A time of day after the date is dropped.
    std::optional<calendar::Day> read(std::string_view text) const;

  private:
    std::vector<std::string> formats_;  // the date part of each: "dd/mm/yyyy"
    bool day_first_ = false;
};

}  // namespace caseaudit::casebook
