#include "expression/world.h"
#include "precompiled.h"

TEST_CASE("date functions") {
    const auto [text, result] = GENERATE(table<std::string, std::string>({
        {"add_days(date('2024-02-28'), 1)", "29 February 2024"},
        {"add_days(date('2025-02-28'), 1)", "1 March 2025"},
        {"add_days(date('2025-03-01'), -1)", "28 February 2025"},
        {"add_weeks(date('2025-12-29'), 1)", "5 January 2026"},
        {"add_months(date('2025-01-31'), 1)", "28 February 2025"},
        {"add_months(date('2024-01-31'), 1)", "29 February 2024"},
        {"add_months(date('2025-03-31'), -1)", "28 February 2025"},
        {"add_years(date('2008-02-29'), 17)", "28 February 2025"},
        {"add_years(date('2008-02-29'), 16)", "29 February 2024"},
        {"add_working_days(date('2025-12-24'), 1)", "29 December 2025"},
        {"add_working_days(date('2025-12-24'), 4)", "2 January 2026"},
        {"add_working_days(date('2025-12-29'), -1)", "24 December 2025"},
        {"add_working_days(date('2025-12-25'), 0)", "25 December 2025"},
        {"working_days_between(date('2025-12-24'), date('2026-01-02'))", "4"},
        {"working_days_between(date('2026-01-02'), date('2025-12-24'))", "-4"},
        {"working_days_between(date('2025-12-24'), date('2025-12-24'))", "0"},
        {"is_working_day(date('2025-12-25'))", "no"},
        {"is_working_day(date('2025-12-27'))", "no"},
        {"is_working_day(date('2025-12-29'))", "yes"},
        {"days_between(date('2025-03-01'), date('2024-03-01'))", "-365"},
        {"date('2025-03-01') - date('2024-03-01')", "365"},
        {"months_between(date('2025-01-31'), date('2025-02-28'))", "1"},
        {"months_between(date('2025-01-31'), date('2025-02-27'))", "0"},
        {"age_at(date('2008-02-29'), date('2026-02-27'))", "17"},
        {"age_at(date('2008-02-29'), date('2026-02-28'))", "18"},
        {"age_at(date('2008-05-10'), date('2008-05-09'))", "-1"},
        {"date(2024, 2, 29)", "29 February 2024"},
        {"date(2024, 1 + 1, 30)", "(blank)"},
        {"date(year(as_at), 2, 29)", "(blank)"},
        {"date(year(as_at), 12 + 1, 1)", "(blank)"},
        {"date('2025-02' + '-28')", "28 February 2025"},
        {"date('2025-02' + '-29')", "(unreadable)"},
        {"year(date('2024-02-29')) + month(date('2024-02-29')) + day(date('2024-02-29'))", "2055"},
        {"day_of_week(date('2026-03-30'))", "1"},
        {"day_of_week(date('2026-03-29'))", "7"},
        {"add_days(date('2300-12-31'), 1)", "(blank)"},
        {"add_days(date('1800-01-01'), -1)", "(blank)"},
        {"add_days(date('2025-01-01'), 9000000000000000000)", "(blank)"},
        {"add_years(date('2025-01-01'), -9000000000000000000)", "(blank)"},
        {"add_months(date('2025-01-01'), 400000)", "(blank)"},
        {"add_working_days(date('2025-01-01'), 400000)", "(blank)"},
        {"greatest(date('2025-01-01'), date('2024-01-01'))", "1 January 2025"},
    }));
    world::World world;
    INFO(text);
    CHECK(world.value(text) == result);
}

TEST_CASE("date functions of missing and invalid dates") {
    world::World world;
    // Row 3 has no end; child B's birth is unreadable.
    for (const std::string function :
         {"add_days", "add_weeks", "add_months", "add_years", "add_working_days"}) {
        INFO(function);
        CHECK(world.value(function + "(DEC, 1)", "episodes", 2) == "(blank)");
        CHECK(world.value(function + "(DEC, VISITS)", "episodes", 1) == "(unreadable)");
        CHECK(world.value(function + "(DOB, 1)", "header", 1) == "(unreadable)");
    }
    for (const std::string function : {"days_between", "months_between", "working_days_between", "age_at"}) {
        INFO(function);
        CHECK(world.value(function + "(DECOM, DEC)", "episodes", 2) == "(blank)");
        CHECK(world.value(function + "(header.DOB, DEC)", "episodes", 3) == "(unreadable)");
    }
    for (const std::string function : {"year", "month", "day", "day_of_week"}) {
        CHECK(world.value(function + "(DEC)", "episodes", 2) == "(blank)");
        CHECK(world.value(function + "(DOB)", "header", 1) == "(unreadable)");
    }
    CHECK(world.value("is_working_day(DEC)", "episodes", 2) == "(blank)");
    CHECK(world.value("is_working_day(DOB)", "header", 1) == "(blank)");
}

TEST_CASE("a column of days is the same whatever the earliest and the latest of them") {
    const auto [birth, next] = GENERATE(table<std::string, std::string>({
        {"31/12/1969", "1 January 1970"},
        {"01/01/1970", "2 January 1970"},
        {"06/06/2149", "7 June 2149"},
        {"07/06/2149", "8 June 2149"},
    }));
    INFO(birth);
    world::World world(
        {{"header", {"CHILD", "DOB"}, {{"A", birth}, {"B", "29/02/2012"}, {"C", ""}, {"D", "soon"}}},
         {"prior.header", {"CHILD", "DOB"}, {{"A", birth}, {"B", "01/03/2012"}, {"C", ""}}}});
    CHECK(world.values("add_days(DOB, 1)", "header") ==
          std::vector<std::string>{next, "1 March 2012", "(blank)", "(unreadable)"});
    CHECK(world.value("DOB == prior.header.DOB", "header", 0) == "yes");
    CHECK(world.value("DOB == prior.header.DOB", "header", 1) == "no");
    CHECK(world.value("DOB < date('1970-01-01')", "header", 0) == (birth == "31/12/1969" ? "yes" : "no"));
}

TEST_CASE("intervals are half-open, a missing end is open") {
    world::World world;
    const auto overlap = [&](const std::string& a, const std::string& b) {
        return world.value(fmt::format("interval({}).overlaps(interval({}))", a, b), "episodes", 2);
    };
    const std::string d1 = "date('2025-01-01')", d2 = "date('2025-02-01')", d3 = "date('2025-03-01')",
                      none = "DEC", bad = "episodes.first().DEC";
    CHECK(overlap(d1 + "," + d2, d2 + "," + d3) == "no");
    CHECK(overlap(d1 + "," + d3, d2 + "," + d3) == "yes");
    CHECK(overlap(d1 + "," + none, d3 + "," + none) == "yes");
    CHECK(overlap(d2 + "," + none, d1 + "," + d2) == "no");
    CHECK(overlap(d1 + "," + d1, d1 + "," + d2) == "no");  // nothing is in it
    CHECK(overlap(none + "," + d2, d1 + "," + d2) == "(blank)");
    CHECK(world.value("interval(header.DOB, DEC).overlaps(interval(DECOM, DEC))", "episodes", 3) ==
          "(blank)");
    CHECK(world.value("interval(DECOM, header.DOB).contains(as_at)", "episodes", 3) == "(blank)");
    CHECK(world.value("interval(date('2025-01-01'), header.DOB).contains(as_at)", "episodes", 3) ==
          "(blank)");
    const auto contains = [&](const std::string& a, const std::string& day) {
        return world.value(fmt::format("interval({}).contains({})", a, day), "episodes", 2);
    };
    CHECK(contains(d1 + "," + d2, d1) == "yes");
    CHECK(contains(d1 + "," + d2, d2) == "no");
    CHECK(contains(d1 + "," + none, d3) == "yes");
    CHECK(contains(d2 + "," + none, d1) == "no");
    CHECK(contains(d1 + "," + d2, none) == "(blank)");
}

TEST_CASE("a day written out that does not exist is an error when the rule is loaded") {
    const auto [text, hint] = GENERATE(table<std::string, std::string>({
        {"date(2023, 2, 29)", "2023-02 has 28 days"},
        {"date(2024, 4, 31)", "2024-04 has 30 days"},
        {"date(2024, 4, 0)", "2024-04 has 30 days"},
        {"date(2024, 13, 1)", "write year, month and day of a day that exists, from 1800 to 2300"},
        {"date(2024, -1, 1)", "write year, month and day of a day that exists, from 1800 to 2300"},
        {"date(1, 4, 2024)", "write year, month and day of a day that exists, from 1800 to 2300"},
        {"date(99999999999, 1, 1)", "write year, month and day of a day that exists, from 1800 to 2300"},
    }));
    INFO(text);
    const std::string errors = world::errors_of("DECOM < " + text, "episodes");
    CHECK_THAT(errors, Catch::Contains(":9: error: there is no such day"));
    CHECK_THAT(errors, Catch::Contains(std::string(text.size(), '^') + "\n"));
    CHECK_THAT(errors, Catch::Contains("hint: " + hint));
}
