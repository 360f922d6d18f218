#include "engine/audit.h"

using namespace caseaudit;
using Lines = std::vector<std::string>;

namespace {

const std::string visits =
    "child,made,hours\nA,2024-01-10,1\nA,2024-02-10,3\nB,2024-01-20,\nB,2024-02-20,x\nC,,2\n";

std::string measure(const std::string& body) {
    std::string text = "measures:\n  - id: m\n    title: A figure\n    unit: visits\n    for_each: visits\n";
    std::string line;
    for (const char c : body + "\n") {
        if (c != '\n') {
            line += c;
        } else {
            text += "    " + line + "\n";
            line.clear();
        }
    }
    return text;
}

// Names the children of `visits`; what identifies them may not be grouped by.
const std::string which = "\"child == 'A' ? 'A' : child == 'B' ? 'B' : 'C'\"";

Lines groups(const std::string& body, const std::string& rows = visits) {
    Audit audit(measure(body));
    if (!rows.empty()) audit.table("visits", rows);
    return audit.run().groups("m");
}

}  // namespace

TEST_CASE("a rate is of those that could be judged") {
    CHECK(groups("kind: rate\nmet: hours >= 2") == Lines{"2 of 5, 2 undecided, rate 0.667"});
    CHECK(groups("kind: rate\nwhere: made < date('2024-02-01')\nmet: hours >= 2") ==
          Lines{"0 of 2, 1 undecided, rate 0.000"});
    CHECK(groups("kind: rate\nexcept: child == 'A'\nmet: hours >= 2") ==
          Lines{"1 of 3, 2 undecided, rate 1.000"});
}

TEST_CASE("where nothing could be judged there is no rate, neither 0 nor 1") {
    CHECK(groups("kind: rate\nmet: hours >= 2", "child,made,hours\n") == Lines{"0 of 0, 0 undecided"});
    CHECK(groups("kind: rate\nwhere: child == 'B'\nmet: hours >= 2") == Lines{"0 of 2, 2 undecided"});
    CHECK(groups("kind: average\nwhere: child == 'B'\nvalue: hours") == Lines{"0 of 2, 2 undecided"});
}

TEST_CASE("a count is of rows, an average of values that are known") {
    CHECK(groups("kind: count") == Lines{"0 of 5, 0 undecided"});
    CHECK(groups("kind: average\nvalue: hours") == Lines{"0 of 5, 2 undecided, value 2.000"});
    CHECK(groups("kind: average\nvalue: hours / 4.0", "child,made,hours\nA,,1\nA,,2\n") ==
          Lines{"0 of 2, 0 undecided, value 0.375"});
}

TEST_CASE("groups are of equal values, missing ones among them") {
    CHECK(groups("kind: count\nby: {month: year_month(made)}") ==
          Lines{"month=(blank): 0 of 1, 0 undecided", "month=2024-01: 0 of 2, 0 undecided",
                "month=2024-02: 0 of 2, 0 undecided"});
    CHECK(groups("kind: rate\nmet: hours >= 2\nby: {child: " + which + "}") ==
          Lines{"child=A: 1 of 2, 0 undecided, rate 0.500", "child=B: 0 of 2, 2 undecided",
                "child=C: 1 of 1, 0 undecided, rate 1.000"});
    CHECK(groups("kind: count\nby: {child: " + which + "}", "child,made,hours\n").empty());
}

TEST_CASE("numbers are ordered by size, not as text") {
    CHECK(groups("kind: count\nby: {hours: hours}", "child,made,hours\nA,,10\nA,,9\nA,,100\n") ==
          Lines{"hours=9: 0 of 1, 0 undecided", "hours=10: 0 of 1, 0 undecided",
                "hours=100: 0 of 1, 0 undecided"});
}

TEST_CASE("a distribution's shares are of all rows and add up") {
    CHECK(groups("kind: distribution\nby: {child: " + which + "}") ==
          Lines{"child=A: 0 of 2, 0 undecided, rate 0.400", "child=B: 0 of 2, 0 undecided, rate 0.400",
                "child=C: 0 of 1, 0 undecided, rate 0.200"});
    CHECK(groups("kind: distribution\nby: {child: " + which + "}\ntotals: true").back() ==
          "0 of 5, 0 undecided, rate 1.000");
}

TEST_CASE("groups are not named by what identifies a child") {
    const auto refused = [](const std::string& by) {
        return Audit(measure("kind: count\nby: {key: " + by + "}")).refused();
    };
    REQUIRE(refused("child").size() == 1);
    CHECK(refused("child")[0].starts_with("measure.identifier"));
    CHECK(refused("string(children.born)").size() == 1);
    CHECK(refused("\"age_at(children.born, as_at)\"").empty());
    CHECK(refused("\"age_at(children.born, as_at) < 10 ? 'young' : 'older'\"").empty());
}

TEST_CASE("totals leave out each choice of keys") {
    const auto lines = groups("kind: rate\nmet: hours >= 2\nby: {child: " + which +
                              ", month: year_month(made)}\ntotals: true");
    CHECK(lines == Lines{"child=A month=2024-01: 0 of 1, 0 undecided, rate 0.000",
                         "child=A month=2024-02: 1 of 1, 0 undecided, rate 1.000",
                         "child=B month=2024-01: 0 of 1, 1 undecided",
                         "child=B month=2024-02: 0 of 1, 1 undecided",
                         "child=C month=(blank): 1 of 1, 0 undecided, rate 1.000",
                         "month=(blank): 1 of 1, 0 undecided, rate 1.000",
                         "month=2024-01: 0 of 2, 1 undecided, rate 0.000",
                         "month=2024-02: 1 of 2, 1 undecided, rate 1.000",
                         "child=A: 1 of 2, 0 undecided, rate 0.500", "child=B: 0 of 2, 2 undecided",
                         "child=C: 1 of 1, 0 undecided, rate 1.000", "2 of 5, 2 undecided, rate 0.667"});
}

TEST_CASE("a measure whose table the extract lacks is skipped, with the reason and without figures") {
    Audit audit(measure("kind: rate\nmet: hours >= 2"));
    audit.table("stays", "child,began,ended,place\nA,2024-01-01,,home\n").run();
    CHECK(audit.measure("m").skipped == "the extract lacks table Visits");
    CHECK(audit.groups("m").empty());
}

TEST_CASE("a measure is counted only while it is in force") {
    Audit audit(measure("kind: count\neffective: {from: 2024-04-01, to: 2024-09-30}"));
    audit.table("visits", visits);
    CHECK(audit.as_at("2024-03-31").run().measure("m").skipped == "in force only from 2024-04-01");
    CHECK(audit.as_at("2024-09-30").run().groups("m") == Lines{"0 of 5, 0 undecided"});
    CHECK(audit.as_at("2024-10-01").run().measure("m").skipped == "in force only until 2024-09-30");
}

TEST_CASE("figures do not depend on how the cases are divided") {
    Lines before;
    for (const std::uint32_t step : {1u, 3u, 1000u}) {
        Audit audit(
            measure("kind: average\nvalue: hours / 7.0\nby: {month: year_month(made)}\ntotals: true"));
        std::string rows = "child,made,hours\n";
        for (int i = 0; i < 60; ++i) rows += fmt::format("C{:02},2024-{:02}-01,{}\n", i / 3, i % 5 + 1, i);
        const auto lines = audit.table("visits", rows).cases_per_range(step).run().groups("m");
        REQUIRE(lines.size() == 6);
        if (!before.empty()) CHECK(lines == before);
        before = lines;
    }
}

TEST_CASE("a measure for each case counts cases") {
    Audit audit(
        "measures:\n  - {id: m, title: Seen, unit: children, for_each: case, kind: rate, met: "
        "visits.exists()}\n");
    audit.table("visits", visits).table("stays", "child,began,ended,place\nD,2024-01-01,,home\n");
    CHECK(audit.run().groups("m") == Lines{"3 of 4, 0 undecided, rate 0.750"});
}
