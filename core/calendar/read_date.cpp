#include "calendar/read_date.h"

#include <fmt/format.h>

namespace caseaudit::calendar {

std::optional<Day> as_date(const yaml::Node& node) {
    Day day = 0;
    if (node.kind != yaml::Node::Kind::scalar || !parse_iso(node.text, day)) return std::nullopt;
    return day;
}

std::optional<Day> read_date(yaml::MapReader& reader, std::string_view key, yaml::Need need) {
    const yaml::Node* node = reader.scalar(key, need);
    if (!node) return std::nullopt;
    const std::optional<Day> day = as_date(*node);
    if (!day)
        reader.errors().report(*node, "not-a-date", fmt::format("'{}' must be a date", key),
                               "write it as 2025-04-01");
    return day;
}

}  // namespace caseaudit::calendar
