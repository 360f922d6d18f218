// Dates in YAML files, written 2025-04-01.
#pragma once
#include <optional>
#include <string_view>

#include "calendar/civil.h"
#include "yaml/map_reader.h"

namespace caseaudit::calendar {

std::optional<Day> as_date(const yaml::Node& node);
// Like the getters of MapReader: reports a value that is no date, and an absent key when required.
std::optional<Day> read_date(yaml::MapReader& reader, std::string_view key,
                             yaml::Need need = yaml::Need::optional);

}  // namespace caseaudit::calendar
