#include "engine/timeline.h"

#include "engine/audit.h"

using namespace caseaudit;
using Lines = std::vector<std::string>;

namespace {

// "2024-01-01 Stay, Stays row 1 …", a line for each row of the case.
Lines lines(const Timeline& timeline) {
    Lines out;
    for (const auto& row : timeline.rows) {
        std::string line = fmt::format("{}{}{} {}, {} {}:{}", row.date, row.end.empty() ? "" : "/" + row.end,
                                       row.open ? "/…" : "", row.kind, row.table, row.row, row.line);
        for (const auto& [name, value] : row.fields) line += fmt::format(" {}={}", name, value);
        out.push_back(line);
    }
    return out;
}

std::vector<Timeline> timelines(const Audit& audit) {
    static const auto kinds = dataset::load_timelines(CASEAUDIT_SOURCE_DIR "/tests/engine/care.yaml");
    REQUIRE(kinds);
    return engine::timelines(audit.casebook(), *kinds, audit.findings(), nullptr);
}

Audit& audited(Audit& audit) {
    return audit
        .table("stays",
               "child,began,ended,place\nB,2024-02-01,2024-03-01,home\nA,2024-05-01,,foster\n"
               "A,2024-01-01,2024-04-30,home\nA,soon,2024-04-30,home\nA,2024-06-01,never,home\n")
        .table("visits", "child,made,hours\nA,2024-05-01,2\nA,2024-01-31,\nC,2024-01-01,1\n")
        .run();
}

}  // namespace

TEST_CASE("the timeline of a case has its dated rows in order of time, whatever table they are of") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: place != 'foster'"));
    const auto made = timelines(audited(audit));
    REQUIRE(made.size() == 1);
    CHECK(made[0].case_key == "A");
    CHECK(lines(made[0]) ==
          Lines{"2024-01-01/2024-04-30 Stay, Stays 3:3 place=home",
                "2024-01-31 Visit, Visits 2:2 hours=", "2024-05-01/… Stay, Stays 2:2 place=foster",
                "2024-05-01 Visit, Visits 1:1 hours=2", "2024-06-01 Stay, Stays 5:5 place=home"});
}

TEST_CASE("each case with findings has one timeline, in their order, and no other case has") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: child == 'nobody'"));
    const auto made = timelines(audited(audit));
    REQUIRE(audit.findings().size() == 5);
    REQUIRE(made.size() == 2);
    CHECK(made[0].case_key == "A");
    CHECK(made[1].case_key == "B");
}

TEST_CASE("a case that findings before these were about has its timeline already") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: child == 'nobody'"));
    audited(audit);
    static const auto kinds = dataset::load_timelines(CASEAUDIT_SOURCE_DIR "/tests/engine/care.yaml");
    const auto made = engine::timelines(audit.casebook(), *kinds, audit.findings(), nullptr, "A");
    REQUIRE(made.size() == 1);
    CHECK(made[0].case_key == "B");
}

TEST_CASE("a record without a case has no timeline") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: place == 'foster'"));
    audit.table("stays", "child,began,ended,place\n,2024-02-01,2024-03-01,home\n").run();
    REQUIRE(audit.findings().size() == 1);
    CHECK(timelines(audit).empty());
}
