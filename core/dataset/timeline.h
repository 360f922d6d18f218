// What a dataset says of the timelines of cases: the `timeline` entries of its tables.
#pragma once
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::dataset {

// What rows of a table are on the timeline of their case: a day, or days from one to another. Numbers are
// fields of the table; none of them identifies the child.
struct TimelineEntry {
    std::string kind;       // in people's words: "Review"
    int date = -1;          // a row without a readable date is not on the timeline
    int end = -1;           // last day; -1: one day
    std::vector<int> show;  // fields told with it
};

using Timelines = std::vector<std::vector<TimelineEntry>>;  // by table of the dataset

// Of the dataset in this file (Dataset::file). Apart from the dataset itself, as only runs that write
// timelines need it; load() has checked it, and fails where this fails.
Result<Timelines> load_timelines(const std::string& path);

}  // namespace caseaudit::dataset
