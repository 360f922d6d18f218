#include "plugin/host_services.h"

#include "calendar/civil.h"
#include "plugin/trial.h"

using namespace caseaudit;
using namespace caseaudit::plugin;

namespace {
calendar::Day day(const char* iso) {
    calendar::Day number = 0;
    REQUIRE(calendar::parse_iso(iso, number));
    return number;
}
}  // namespace

TEST_CASE("the host adds durations of every unit") {
    const HostServices services(england_and_wales());
    const caseaudit_host& host = *services.table();
    const auto add = [&](const char* from, std::int64_t count, int unit) {
        return calendar::to_iso(host.add(host.self, day(from), count, unit));
    };
    CHECK(add("2024-05-02", 3, CASEAUDIT_DAYS) == "2024-05-05");
    CHECK(add("2024-05-02", -3, CASEAUDIT_DAYS) == "2024-04-29");
    CHECK(add("2024-05-02", 3, CASEAUDIT_WORKING_DAYS) == "2024-05-08");
    CHECK(add("2024-05-09", -3, CASEAUDIT_WORKING_DAYS) == "2024-05-03");
    CHECK(add("2024-05-04", 0, CASEAUDIT_WORKING_DAYS) == "2024-05-04");
    CHECK(add("2024-05-02", 2, CASEAUDIT_WEEKS) == "2024-05-16");
    CHECK(add("2024-01-31", 1, CASEAUDIT_MONTHS) == "2024-02-29");
    CHECK(add("2024-02-29", -1, CASEAUDIT_YEARS) == "2023-02-28");
    CHECK(add("2024-05-02", 3, 99) == "2024-05-02");
}

TEST_CASE("counts beyond any calendar stay within the type") {
    const HostServices services(england_and_wales());
    const caseaudit_host& host = *services.table();
    for (const int unit :
         {CASEAUDIT_DAYS, CASEAUDIT_WORKING_DAYS, CASEAUDIT_WEEKS, CASEAUDIT_MONTHS, CASEAUDIT_YEARS}) {
        CHECK(host.add(host.self, 0, INT64_MAX, unit) >= 1'000'000);
        CHECK(host.add(host.self, 0, INT64_MIN, unit) <= -1'000'000);
    }
    CHECK(host.add(host.self, INT32_MAX, INT64_MAX, CASEAUDIT_DAYS) == INT32_MAX);
    CHECK(host.add(host.self, INT32_MIN, INT64_MIN, CASEAUDIT_WEEKS) == INT32_MIN);
}

TEST_CASE("the host counts and knows working days") {
    const HostServices services(england_and_wales());
    const caseaudit_host& host = *services.table();
    CHECK(host.working_days_between(host.self, day("2024-05-02"), day("2024-05-08")) == 3);
    CHECK(host.working_days_between(host.self, day("2024-05-08"), day("2024-05-02")) == -3);
    CHECK(host.working_days_between(host.self, day("2024-05-03"), day("2024-05-06")) == 0);
    CHECK(host.is_working_day(host.self, day("2024-05-03")) == 1);
    CHECK(host.is_working_day(host.self, day("2024-05-04")) == 0);
    CHECK(host.is_working_day(host.self, day("2024-05-06")) == 0);
}
