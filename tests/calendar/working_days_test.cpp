#include "calendar/working_days.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace caseaudit;
using namespace caseaudit::calendar;

namespace {

constexpr Day date(int year, int month, int day) {
    return day_number(year, month, day);
}

std::vector<Day> some_holidays() {
    std::vector<Day> out;
    for (int year = 2000; year <= 2035; ++year) {
        for (const auto& [month, day] :
             {std::pair{1, 1}, {4, 10}, {4, 13}, {5, 4}, {8, 31}, {12, 25}, {12, 26}, {12, 28}}) {
            out.push_back(date(year, month, day));
        }
    }
    return out;
}

// The definitions, one day at a time.
struct Slow {
    std::vector<Day> holidays = some_holidays();
    bool is_working(Day day) const {
        return day_of_week(day) <= 5 && !std::binary_search(holidays.begin(), holidays.end(), day);
    }
    Day add(Day day, int n) const {
        const int step = n > 0 ? 1 : -1;
        for (; n != 0; n -= step) {
            do day += step;
            while (!is_working(day));
        }
        return day;
    }
};

std::vector<std::string> load_errors(const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() / "caseaudit_calendar_test.yaml";
    std::ofstream(path, std::ios::binary) << text;
    const auto result = WorkingDays::load(path.string());
    std::filesystem::remove(path);
    std::vector<std::string> out;
    if (result) return out;
    for (const Diagnostic& one : result.errors())
        out.push_back(fmt::format("{}:{} {}", one.place.line, one.place.column, one.code));
    return out;
}

}  // namespace

TEST_CASE("working days agree with the slow count on every day from 1999 to 2036") {
    const Slow slow;
    const WorkingDays fast(date(2000, 1, 1), date(2035, 12, 31), some_holidays());
    int wrong = 0, counted = 0;
    const Day origin = date(1999, 1, 1);
    for (Day day = origin; day <= date(2036, 12, 31); ++day) {
        if (day > origin) counted += slow.is_working(day);
        wrong += fast.is_working(day) != slow.is_working(day);
        wrong += fast.between(origin, day) != counted;
        wrong += fast.between(day, origin) != -counted;
        for (const int n : {-21, -20, -5, -1, 0, 1, 2, 3, 5, 15, 20})
            wrong += fast.add(day, n) != slow.add(day, n);
    }
    CHECK(wrong == 0);
}

TEST_CASE("between counts the days after the first, up to and with the last") {
    const WorkingDays days(date(2026, 1, 1), date(2026, 12, 31), {date(2026, 4, 3), date(2026, 4, 6)});
    CHECK(days.between(date(2026, 4, 2), date(2026, 4, 7)) == 1);  // Thursday before Good Friday to Tuesday
    CHECK(days.between(date(2026, 4, 7), date(2026, 4, 7)) == 0);
    CHECK(days.between(date(2026, 4, 4), date(2026, 4, 7)) == 1);
    CHECK(days.between(date(2026, 4, 7), date(2026, 4, 2)) == -1);
    CHECK(days.add(date(2026, 4, 2), 1) == date(2026, 4, 7));
    CHECK(days.add(date(2026, 4, 7), -1) == date(2026, 4, 2));
    CHECK(days.add(date(2026, 4, 4), 0) == date(2026, 4, 4));  // no step is taken from a Saturday
}

TEST_CASE("without a calendar weekends alone count") {
    const WorkingDays days;
    CHECK(days.is_working(date(2026, 12, 25)));
    CHECK_FALSE(days.is_working(date(2026, 12, 26)));
    CHECK(days.add(date(2026, 12, 25), 1) == date(2026, 12, 28));
    CHECK(days.add(date(1960, 1, 1), -1) == date(1959, 12, 31));
    CHECK(days.between(date(1960, 1, 1), date(2026, 12, 25)) ==
          (date(2026, 12, 25) - date(1960, 1, 1)) / 7 * 5);
}

TEST_CASE("any number of working days is an answer") {
    const WorkingDays days(date(2000, 1, 1), date(2035, 12, 31), some_holidays());
    CHECK(days.add(0, INT64_MAX) > date(2035, 12, 31));
    CHECK(days.add(0, INT64_MIN) < 0);
    CHECK(days.add(days.add(date(2020, 5, 5), 20000), -20000) == date(2020, 5, 5));
}

TEST_CASE("every mistake in a calendar file is reported") {
    CHECK(
        load_errors("id: x\ntitle: t\nsource: s\ncovers: {from: 2026-01-01, to: 2026-12-31}\nholidays: []\n")
            .empty());
    CHECK(load_errors("id: x\ntitel: t\nsource: s\ncovers: {from: 2026-01-01, to: 2025-12-31}\n"
                      "holidays:\n"
                      "  - {date: 2026-02-30, name: a}\n"
                      "  - {date: 2027-01-01}\n"
                      "  - {date: 2026-05-01, name: c}\n"
                      "  - {date: 2026-05-01, name: d, note: e}\n") ==
          std::vector<std::string>{"1:1 calendar.missing-key", "2:1 calendar.unknown-key",
                                   "4:9 calendar.covers", "6:12 calendar.not-a-date",
                                   "7:5 calendar.missing-key", "8:12 calendar.order", "9:12 calendar.order",
                                   "9:33 calendar.unknown-key"});
    CHECK(load_errors("id: x\nid: y\ntitle: t\nsource: s\ncovers: {from: 2026-01-01, to: 2025-12-31}\n"
                      "holidays: []\n") ==
          std::vector<std::string>{"2:1 yaml.duplicate-key", "5:9 calendar.covers"});
    CHECK(load_errors(
              "id: x\ntitle: t\nsource: s\ncovers: {from: 0001-01-01, to: 9999-12-31}\nholidays: []\n") ==
          std::vector<std::string>{"0:0 calendar.covers"});
    CHECK_FALSE(WorkingDays::load("/no/such/calendar.yaml"));
}
