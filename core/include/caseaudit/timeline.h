// The dated records of a case in order of time. Plain values; docs/findings.md describes the JSON form.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace caseaudit {

// A dated record of a case. `kind` points into the timelines of the dataset, other views into the casebook
// and dataset of the run.
struct TimelineRow {
    std::string_view kind;   // in people's words, for example "Review"
    std::string_view table;  // published label
    std::string_view file;
    std::uint64_t row = 0, line = 0;  // from 1
    std::string date, end;            // yyyy-mm-dd; end: "" for a day, or where there is none
    bool open = false;                // has not ended: the field for its end is blank
    std::vector<std::pair<std::string_view, std::string>> fields;
};

// The records of a case with findings that have a date, by date.
struct Timeline {
    std::string_view case_key;
    std::vector<TimelineRow> rows;
};

}  // namespace caseaudit
