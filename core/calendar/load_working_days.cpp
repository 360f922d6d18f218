#include <fmt/format.h>

#include "calendar/read_date.h"
#include "calendar/working_days.h"
#include "yaml/map_reader.h"

namespace caseaudit::calendar {
namespace {

struct Holidays {
    std::optional<Day> first, last;
    std::vector<Day> days;
};

void read_holiday(const yaml::Node& node, Holidays& out, yaml::Errors& errors) {
    yaml::MapReader reader(node, "a holiday", errors);
    const std::optional<Day> day = read_date(reader, "date", yaml::Need::required);
    reader.text("name", yaml::Need::required);
    reader.finish();
    if (!day) return;
    const yaml::Node& at = *node.find("date");
    if (out.first && out.last && (*day < *out.first || *day > *out.last)) {
        errors.report(at, "outside", "the holiday lies outside the days that the calendar covers");
    }
    if (!out.days.empty() && *day <= out.days.back()) {
        errors.report(at, "order", "holidays must be in order, each day once");
    }
    out.days.push_back(*day);
}

Holidays read_calendar(const yaml::Document& document, yaml::Errors& errors) {
    Holidays out;
    yaml::MapReader reader(document.root, "the calendar", errors);
    reader.text("id", yaml::Need::required);
    reader.text("title", yaml::Need::required);
    reader.text("source", yaml::Need::required);
    if (const yaml::Node* covers = reader.map("covers", yaml::Need::required)) {
        yaml::MapReader range(*covers, "'covers'", errors);
        out.first = read_date(range, "from", yaml::Need::required);
        out.last = read_date(range, "to", yaml::Need::required);
        range.finish();
        if (out.first && out.last && *out.last < *out.first) {
            errors.report(*covers, "covers", "the calendar ends before it begins");
            out.first.reset();
        }
    }
    if (const yaml::Node* holidays = reader.sequence("holidays", yaml::Need::required)) {
        for (const yaml::Node& holiday : holidays->items) read_holiday(holiday, out, errors);
    }
    reader.finish();
    return out;
}

}  // namespace

Result<WorkingDays> WorkingDays::load(const std::string& path) {
    yaml::Reading reading = yaml::read_file(path);
    Diagnostics found = std::move(reading.errors);
    if (!reading.document) return found;
    yaml::Errors errors(*reading.document, "calendar", found);
    const Holidays holidays = read_calendar(*reading.document, errors);
    if (!found.empty()) {
        sort_by_place(found);
        return found;
    }
    constexpr Day longest = 366 * 1000;  // a table of a thousand years, and no more
    if (*holidays.last - *holidays.first > longest) {
        return Diagnostic{
            "calendar.covers", "the calendar covers more than 1000 years", {path, 0, 0}, "", "", {}};
    }
    return WorkingDays(*holidays.first, *holidays.last, holidays.days);
}

}  // namespace caseaudit::calendar
