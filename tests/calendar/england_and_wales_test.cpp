// The published list of bank holidays against the rules it follows, worked out anew.
#include <catch2/catch.hpp>
#include <map>

#include "calendar/civil.h"
#include "calendar/working_days.h"
#include "yaml/document.h"

using namespace caseaudit;
using namespace caseaudit::calendar;

namespace {

const std::string path = CASEAUDIT_SOURCE_DIR "/rules/calendars/england-and-wales.yaml";

// Easter Sunday, by the anonymous Gregorian algorithm (Meeus/Jones/Butcher).
Day easter(int year) {
    const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
    const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return day_number(year, n / 31, n % 31 + 1);
}

Day monday_from(Day day) {
    return day + (8 - day_of_week(day)) % 7;
}
Day monday_until(Day day) {
    return day - (day_of_week(day) - 1);
}

// Weekdays that are holidays. A bank holiday on a weekend moves to the next weekday that is none.
std::map<Day, std::string> expected_weekdays(int year) {
    std::map<Day, std::string> out;
    const auto put = [&](Day day, const std::string& name) {
        const bool moves = day_of_week(day) > 5;
        while (day_of_week(day) > 5 || out.count(day)) ++day;
        out[day] = moves ? name + " (substitute day)" : name;
    };
    put(day_number(year, 1, 1), "New Year's Day");
    put(easter(year) - 2, "Good Friday");
    put(easter(year) + 1, "Easter Monday");
    if (year != 2020) put(monday_from(day_number(year, 5, 1)), "Early May bank holiday");
    if (year != 2002 && year != 2012 && year != 2022)
        put(monday_until(day_number(year, 5, 31)), "Spring bank holiday");
    put(monday_until(day_number(year, 8, 31)), "Summer bank holiday");
    // Boxing Day first: when Christmas Day is a Sunday, Monday stays Boxing Day and Tuesday is the
    // substitute.
    const bool sunday = day_of_week(day_number(year, 12, 25)) == 7;
    if (sunday) put(day_number(year, 12, 26), "Boxing Day");
    put(day_number(year, 12, 25), "Christmas Day");
    if (!sunday) put(day_number(year, 12, 26), "Boxing Day");
    return out;
}

std::map<Day, std::string> one_offs() {
    return {{day_number(2002, 6, 3), "Golden Jubilee bank holiday"},
            {day_number(2002, 6, 4), "Spring bank holiday"},
            {day_number(2011, 4, 29), "Royal wedding"},
            {day_number(2012, 6, 4), "Spring bank holiday"},
            {day_number(2012, 6, 5), "Diamond Jubilee bank holiday"},
            {day_number(2020, 5, 8), "Early May bank holiday (VE day)"},
            {day_number(2022, 6, 2), "Spring bank holiday"},
            {day_number(2022, 6, 3), "Platinum Jubilee bank holiday"},
            {day_number(2022, 9, 19), "State funeral of Queen Elizabeth II"},
            {day_number(2023, 5, 8), "Coronation of King Charles III"}};
}

}  // namespace

TEST_CASE("the calendar of England and Wales holds exactly the days that the rules give") {
    std::map<Day, std::string> expected = one_offs();
    for (int year = 2000; year <= 2035; ++year) {
        expected.merge(expected_weekdays(year));
        const Day christmas = day_number(year, 12, 25);  // listed on weekends too
        if (day_of_week(christmas) > 5) expected[christmas] = "Christmas Day";
    }
    const auto document = yaml::load_file(path);
    REQUIRE(document);
    std::map<Day, std::string> listed;
    for (const yaml::Node& holiday : document->root.find("holidays")->items) {
        Day day = 0;
        REQUIRE(parse_iso(holiday.find("date")->text, day));
        listed[day] = holiday.find("name")->text;
    }
    for (const auto& [day, name] : expected) {
        INFO(to_iso(day));
        CHECK(listed[day] == name);
    }
    CHECK(listed.size() == expected.size());
}

TEST_CASE("working days over known holidays") {
    const auto loaded = WorkingDays::load(path);
    REQUIRE(loaded);
    const WorkingDays& days = *loaded;
    CHECK(days.first() == day_number(2000, 1, 1));
    CHECK(days.last() == day_number(2035, 12, 31));
    CHECK_FALSE(days.is_working(day_number(2025, 4, 18)));  // Good Friday
    CHECK_FALSE(days.is_working(day_number(2025, 4, 21)));
    CHECK(days.is_working(day_number(2022, 5, 30)));  // the spring bank holiday was moved
    CHECK(days.is_working(day_number(2020, 5, 4)));
    CHECK_FALSE(days.is_working(day_number(2022, 12, 27)));
    CHECK_FALSE(days.is_working(day_number(2021, 12, 28)));
    CHECK(days.is_working(day_number(2021, 12, 29)));
    // 20 working days from 19 December 2025: 25 and 26 December and 1 January are passed over.
    CHECK(days.add(day_number(2025, 12, 19), 20) == day_number(2026, 1, 21));
    CHECK(days.between(day_number(2025, 12, 24), day_number(2026, 1, 2)) == 4);
}
