#include "engine/audit.h"

using namespace caseaudit;
using casebook::Which;
using Lines = std::vector<std::string>;

TEST_CASE("passed, failed and undecided make up the population") {
    Audit audit("rules:\n" +
                rule("r", "for_each: stays\nassert: ended >= began\nmessage: 'From {began} to {ended}.'"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-01-01,2024-02-01,home\nB,2024-02-01,2024-01-01,home\n"
                "C,2024-01-01,,home\nD,2024-01-01,31/13/2024,home\n");
    CHECK(audit.run().counts("r") == "ran: 4 = 1 passed + 1 failed + 2 undecided");
    CHECK(audit.found() == Lines{"r B: From 1 February 2024 to 1 January 2024."});
    CHECK(audit.unjudged() == std::multiset<std::string>{"r C", "r D"});
}

TEST_CASE("where takes rows that are true; the undecided ones are counted apart") {
    Audit audit("rules:\n" +
                rule("r", "for_each: stays\nwhere: ended >= date('2024-02-01')\nassert: place == 'home'"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-01-01,2024-02-01,foster\nB,2024-01-01,2024-01-31,foster\n"
                "C,2024-01-01,,foster\nD,2024-01-01,soon,home\n");
    CHECK(audit.run().counts("r") == "ran: 1 = 0 passed + 1 failed + 0 undecided");
    CHECK(audit.outcome("r").scope_undecided == 2);
    CHECK(audit.found() == Lines{"r A: It is so."});
}

TEST_CASE("except leaves out rows that are true, and no others") {
    Audit audit("rules:\n" +
                rule("r",
                     "for_each: stays\nexcept: [\"ended < date('2024-02-01')\", \"child == 'D'\"]\n"
                     "assert: place == 'home'"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-01-01,2024-02-01,foster\nB,2024-01-01,2024-01-31,foster\n"
                "C,2024-01-01,,foster\nD,2024-01-01,,foster\n");
    CHECK(audit.run().counts("r") == "ran: 2 = 0 passed + 2 failed + 0 undecided");
    CHECK(audit.outcome("r").scope_undecided == 0);
    CHECK(audit.found() == Lines{"r A: It is so.", "r C: It is so."});
}

TEST_CASE("a rule over several tables has one count over all of them") {
    Audit audit("rules:\n" +
                rule("r", "for_each: [stays, visits]\nassert: child != 'A'\nmessage: 'Of {child}.'"));
    audit.table("stays", "child,began,ended,place\nA,2024-01-01,,home\nB,2024-01-01,,home\n");
    audit.table("visits", "child,made,hours\nA,2024-03-01,2\nA,2024-04-01,2\n");
    CHECK(audit.run().counts("r") == "ran: 4 = 1 passed + 3 failed + 0 undecided");
    std::multiset<std::string> tables;
    for (const auto& finding : audit.findings()) {
        REQUIRE(finding.records.size() == 1);
        tables.insert(fmt::format("{} {}", finding.records[0].table, finding.records[0].row));
    }
    CHECK(tables == std::multiset<std::string>{"Stays 1", "Visits 1", "Visits 2"});
}

TEST_CASE("a rule for each case visits cases with no row of a table too") {
    Audit audit("rules:\n" + rule("r", "for_each: case\nassert: visits.count() >= 1\nalso_report: [stays]"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-01-01,,home\nB,2024-01-01,,home\nB,2024-02-01,,home\n");
    audit.table("visits", "child,made,hours\nA,2024-03-01,2\nC,2024-04-01,2\n");
    CHECK(audit.run().counts("r") == "ran: 3 = 2 passed + 1 failed + 0 undecided");
    REQUIRE(audit.findings().size() == 1);
    CHECK(audit.findings()[0].records.size() == 2);
}

TEST_CASE("rows of no case are judged once, however the cases are divided") {
    for (const std::uint32_t step : {1u, 2u, 1000u}) {
        Audit audit("rules:\n" + rule("r", "for_each: workers\nassert: present(team)"));
        audit.table("workers", "id,team\nW1,\nW2,North\nW3,\n");
        audit.table("stays",
                    "child,began,ended,place\nA,2024-01-01,,home\nB,2024-01-01,,home\nC,2024-01-01,,home\n");
        CHECK(audit.cases_per_range(step).run().counts("r") == "ran: 3 = 1 passed + 2 failed + 0 undecided");
        CHECK(audit.found() == Lines{"r : It is so.", "r : It is so."});
    }
}

TEST_CASE("rows of no case are judged in an extract without cases") {
    Audit audit("rules:\n" + rule("r", "for_each: workers\nassert: present(team)"));
    CHECK(audit.table("workers", "id,team\nW1,\n").run().counts("r") ==
          "ran: 1 = 0 passed + 1 failed + 0 undecided");
}

TEST_CASE("findings come by case, then by rule, whatever the size of the ranges") {
    Lines before;
    for (const std::uint32_t step : {1u, 2u, 7u, 1000u}) {
        Audit audit("rules:\n" +
                    rule("z", "for_each: stays\nassert: present(ended)\nmessage: 'Began {began}.'") +
                    rule("a", "for_each: stays\nassert: place == 'home'"));
        std::string rows = "child,began,ended,place\n";
        for (int i = 0; i < 40; ++i)
            rows += fmt::format("C{:02},2024-01-{:02},,{}\n", i / 2, 20 - i % 2, i % 3 ? "home" : "foster");
        audit.table("stays", rows).cases_per_range(step).run();
        const auto found = audit.found();
        REQUIRE(found.size() == 54);
        CHECK(Lines(found.begin(), found.begin() + 3) ==
              Lines{"z C00: Began 19 January 2024.", "z C00: Began 20 January 2024.", "a C00: It is so."});
        if (!before.empty()) CHECK(found == before);
        before = found;
    }
}

namespace {

// Stays of a few children, one of whom has most of them, and some twice; workers are of no case.
Audit& one_with_many(Audit& audit) {
    std::string rows = "child,began,ended,place\n";
    for (int i = 0; i < 100; ++i)
        rows +=
            fmt::format("C{},2024-01-{:02},,{}\n", i % 5 ? 3 : i % 9, 1 + i % 20, i % 3 ? "home" : "foster");
    return audit.table("stays", rows).table("workers", "id,team\nW1,\nW2,North\nW3,\n");
}

Lines told(const Audit& audit) {
    Lines lines;
    for (const auto& finding : audit.findings())
        lines.push_back(fmt::format("{} {} {} {}", finding.rule, finding.case_key, finding.identity,
                                    finding.records.at(0).row));
    return lines;
}

}  // namespace

TEST_CASE("a case with very many rows is handed over by pieces, and what is found is the same") {
    const std::string rules = "rules:\n" + rule("w", "for_each: workers\nassert: present(team)") +
                              rule("z", "for_each: stays\nassert: present(ended)") +
                              rule("v", "for_each: workers\nassert: id == 'W2'") +
                              rule("a", "for_each: stays\nassert: place == 'home'");
    Audit whole(rules);
    one_with_many(whole).run();
    const Lines expected = told(whole);
    REQUIRE(expected.size() == 138);
    CHECK(whole.largest_piece() == 138);
    for (const std::uint32_t rows : {1u, 10u, 50u})
        for (const std::uint32_t findings : {1u, 7u, 1000u})
            for (const std::uint32_t cases : {1u, 3u, 1000u}) {
                Audit audit(rules);
                one_with_many(audit).cases_per_range(cases).at_once(rows, findings).run();
                if (cases == 1000) CHECK(told(audit) == expected);
                // Those of no case stand with the first range, which they came last of.
                auto sorted = told(audit), all = expected;
                std::ranges::sort(sorted);
                std::ranges::sort(all);
                CHECK(sorted == all);
                // Two rules, of the rows of some cases, or of one; and what is of no case.
                CHECK(audit.largest_piece() <= std::max(2 * rows, findings) + 4);
            }
}

TEST_CASE("a record entered twice makes two findings, told apart") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: present(ended)") +
                rule("s", "for_each: stays\nassert: present(ended)"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-01-01,,home\nA,2024-01-01,,home\nA,2024-01-01,,home\n"
                "B,2024-01-01,,home\n");
    CHECK(audit.run().counts("r") == "ran: 4 = 0 passed + 4 failed + 0 undecided");
    std::set<std::string> identities;
    for (const auto& finding : audit.findings())
        identities.insert(fmt::format("{} {} {}", finding.rule, finding.case_key, finding.identity));
    CHECK(identities.size() == 8);
}

TEST_CASE("subject and context records are listed once each, in the order a rule names them") {
    Audit audit("rules:\n" + rule("r",
                                  "for_each: stays\nassert: missing(prev.ended) || prev.ended <= began\n"
                                  "also_report: [prev]\ncontext: [stays, children]"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-03-01,,home\nA,2024-01-01,2024-02-01,home\nA,2024-01-15,"
                "2024-03-01,home\n");
    audit.table("children", "child,born\nA,2010-01-01\n");
    audit.run();
    const auto findings = audit.findings();
    REQUIRE(findings.size() == 1);
    Lines records;
    for (const auto& record : findings[0].records)
        records.push_back(fmt::format("{} {} {}", record.role == Role::subject ? "subject" : "context",
                                      record.table, record.row));
    CHECK(records == Lines{"subject Stays 3", "subject Stays 2", "context Stays 1", "context Children 1"});
}

TEST_CASE("a finding lists a hundred records, its subject first, and says where there are more") {
    const int visits = GENERATE(98, 99, 100, 1000);
    Audit audit("rules:\n" + rule("r",
                                  "for_each: stays\nassert: \"visits.all(v, v.made < began)\"\n"
                                  "context: [visits]"));
    audit.table("stays", "child,began,ended,place\nA,2024-01-01,,home\n");
    std::string rows = "child,made,hours\n";
    for (int i = 0; i < visits; ++i) rows += "A,2024-03-01,2\n";
    audit.table("visits", rows);
    const auto findings = audit.run().findings();
    REQUIRE(findings.size() == 1);
    const auto& finding = findings.front();
    CHECK(finding.records.size() == static_cast<std::size_t>(std::min(visits + 1, 100)));
    CHECK(finding.more_records == (visits + 1 > 100));
    CHECK(finding.records.front().table == "Stays");
    CHECK(finding.records.back().row == finding.records.size() - 1);
}

TEST_CASE("the records that a check judged by are context, before those that the rule names") {
    Audit audit("rules:\n" + rule("r",
                                  "for_each: stays\nwhere: place == 'home'\ncheck: breaking.by-others\n"
                                  "with: {}\ncontext: [children, stays]"));
    audit.table("stays",
                "child,began,ended,place\nA,2024-03-01,,home\nA,2024-01-01,2024-02-01,home\nA,2024-01-15,"
                "2024-03-01,foster\nB,2024-01-01,,home\n");
    audit.table("children", "child,born\nA,2010-01-01\nB,2010-01-01\n");
    audit.run();
    Lines records;
    for (const auto& finding : audit.findings()) {
        records.emplace_back();
        for (const auto& record : finding.records)
            records.back() += fmt::format("{} {} {} ", record.role == Role::subject ? "subject" : "context",
                                          record.table, record.row);
    }
    CHECK(records == Lines{"subject Stays 2 context Children 1 context Stays 3 context Stays 1 ",
                           "subject Stays 1 context Stays 2 context Children 1 context Stays 3 ",
                           "subject Stays 4 context Children 2 "});
}

TEST_CASE("a check cannot show a record of one child with a finding about another") {
    Audit audit("rules:\n" + rule("r", "for_each: stays\ncheck: breaking.by-others\nwith: {astray: true}"));
    audit.table("stays", "child,began,ended,place\nA,2024-03-01,,home\nB,2024-01-01,,home\n");
    audit.run();
    CHECK(audit.counts("r") ==
          "failed: the check judged row 1 of a batch by row 0, which is of another case; "
          "2 = 0 passed + 0 failed + 2 undecided");
    CHECK(audit.findings().empty());
}

TEST_CASE("an identifier is withheld from messages and fields unless it is asked for") {
    Audit audit("rules:\n" + rule("r",
                                  "for_each: children\nassert: born > date('2015-01-01')\n"
                                  "message: 'Born {born}, aged {age_at(born, as_at)}.'"));
    audit.table("children", "child,born\nA,2010-01-01\n").run();
    CHECK(audit.found() == Lines{"r A: Born (withheld), aged 14."});
    REQUIRE(audit.findings()[0].records.size() == 1);
    CHECK(audit.findings()[0].records[0].fields[0].second == "(withheld)");
}

TEST_CASE("the case key is withheld as identifiers are, as text, in evidence and as who is responsible") {
    Audit audit("rules:\n" +
                rule("r",
                     "for_each: children\ncheck: timeliness.deadline\n"
                     "with: {start: born, event: as_at, within: {days: 14}}\n"
                     "responsible: children.child\n"
                     "message: 'Child {child}, {child == ''A'' ? ''first'' : ''other''}, since {due}.'\n"
                     "fields: [child, born]"));
    audit.table("children", "child,born\nA,2010-01-01\n").run();
    const auto finding = audit.findings().at(0);
    CHECK(audit.found() == Lines{"r A: Child (withheld), first, since (withheld)."});
    CHECK(std::count_if(finding.evidence.begin(), finding.evidence.end(),
                        [](const auto& evidence) { return evidence.value == "(withheld)"; }) > 0);
    for (const auto& evidence : finding.evidence) CHECK(evidence.value.find("2010") == std::string::npos);
    CHECK(finding.responsible == "(withheld)");
    CHECK(finding.records[0].fields[0].second == "(withheld)");
    CHECK(finding.records[0].fields[1].second == "(withheld)");
}

TEST_CASE("who is to act: the team, else the worker, or whom the rule puts first") {
    const auto acting = [](const std::string& responsible, const std::string& place) {
        Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: false\nresponsible: " + responsible));
        audit.table("stays", "child,began,ended,place\nA,2024-01-01,," + place + "\n").run();
        const auto finding = audit.findings().at(0);
        return finding.responsible + "/" + finding.team + "/" + finding.worker;
    };
    CHECK(acting("place", "home") == "home//");
    CHECK(acting("place", "") == "//");
    CHECK(acting("{team: place, worker: \"'W1'\"}", "home") == "home/home/W1");
    CHECK(acting("{team: place, worker: \"'W1'\"}", "") == "W1//W1");
    CHECK(acting("{who: \"'head'\", team: place, worker: \"'W1'\"}", "home") == "head/home/W1");
    CHECK(acting("{who: ended, team: place}", "home") == "/home/");
    CHECK(acting("{team: child, worker: place}", "home") == "(withheld)/(withheld)/home");
}

TEST_CASE("a message says of a piece of evidence that the record does not hold that it is not recorded") {
    Audit audit("rules:\n" + rule("r",
                                  "for_each: stays\ncheck: timeliness.deadline\n"
                                  "with: {start: began, event: ended, within: {days: 14}}\n"
                                  "message: 'Due {due}, done: {event}.'"));
    audit.table("stays", "child,began,ended,place\nA,2024-01-01,2024-02-01,home\nB,2024-01-01,,home\n").run();
    CHECK(audit.found() == Lines{"r A: Due 15 January 2024, done: 1 February 2024.",
                                 "r B: Due 15 January 2024, done: not recorded."});
}

TEST_CASE("what tells a record apart does not change with its other fields") {
    const auto identity = [](const std::string& table, const std::string& for_each,
                             const std::string& condition) {
        Audit audit("rules:\n" + rule("r", "for_each: " + for_each + "\nassert: " + condition));
        return audit.table(for_each, table).run().findings().at(0).identity;
    };
    CHECK(identity("child,born\nA,2010-01-01\n", "children", "missing(born)") ==
          identity("child,born\nA,2011-01-01\n", "children", "missing(born)"));
    CHECK(identity("child,began,ended,place\nA,2024-01-01,,home\n", "stays", "missing(began)") ==
          identity("child,began,ended,place\nA,2024-01-01,2024-02-01,foster\n", "stays", "missing(began)"));
    CHECK(identity("id,team\nW1,North\n", "workers", "missing(id)") ==
          identity("id,team\nW1,South\n", "workers", "missing(id)"));
    CHECK(identity("child,made,hours\nA,2024-01-01,3\n", "visits", "missing(made)") !=
          identity("child,made,hours\nA,2024-01-01,4\n", "visits", "missing(made)"));
}
