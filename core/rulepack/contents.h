// What a pack consists of: the files of its layers, its dataset and its calendar, read in parallel in the
// calling thread's oneTBB arena.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rulepack/layer.h"

namespace caseaudit::rulepack {

// Documents by path.
using Parsed = std::map<std::string, yaml::Reading>;

// Those of a pack's own folder, which can be parsed before it is known what the pack extends.
Parsed parse_files(const std::string& folder, bool examples);

// Absent: nothing names it, which is an error of the pack where it needs one.
struct Surroundings {
    std::optional<Result<dataset::Dataset>> dataset;
    std::optional<Result<calendar::WorkingDays>> calendar;
    std::string calendar_file;
};

// Reads the files of all layers into them, those in `parsed` as they are; examples of the last layer only.
// The dataset and the calendar are those that the nearest layer names, a calendar that none names the
// dataset's. Errors of all of these go to `errors`.
Surroundings read_contents(std::vector<Layer>& layers, Parsed parsed, const SearchPath& path, bool examples,
                           Diagnostics& errors);

}  // namespace caseaudit::rulepack
