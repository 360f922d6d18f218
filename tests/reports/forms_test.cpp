// The forms for machines and spreadsheets, from one document.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/csv.h"
#include "reports/sample.h"
#include "reports/worklist/worklist.h"

using namespace caseaudit;
using nlohmann::json;

TEST_CASE("SARIF: rules, results with places and fingerprints, what was not read and did not run") {
    const auto document = tests::sample();
    const auto run = json::parse(tests::render_one("sarif", document))["runs"][0];
    const auto& rules = run["tool"]["driver"]["rules"];
    REQUIRE(rules.size() == 4);
    CHECK(rules[0]["id"] == "iro/late");
    CHECK(rules[0]["help"]["text"] == "Do what is due.");
    CHECK(rules[0]["defaultConfiguration"]["level"] == "error");
    CHECK(rules[1]["defaultConfiguration"]["level"] == "note");
    CHECK(rules[2]["defaultConfiguration"]["level"] == "warning");
    const auto& result = run["results"][0];
    CHECK(result["ruleIndex"] == 0);
    CHECK(result["partialFingerprints"]["caseaudit/1"] == document.findings[0].id);
    const auto& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "reviews.csv");
    CHECK(place["region"]["startLine"] == 12);
    CHECK(result["relatedLocations"][0]["logicalLocations"][0]["kind"] == "prior table");
    const auto& invocation = run["invocations"][0];
    CHECK(invocation["executionSuccessful"] == false);
    REQUIRE(invocation["toolExecutionNotifications"].size() == 3);  // rejected, skipped, failed
    CHECK(invocation["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]["region"]
                    ["startColumn"] == 2);
}

TEST_CASE("a file's name in SARIF is a relative URI whatever it holds") {
    auto document = tests::sample();
    document.findings[0].records[0].file = "caf\xC3\xA9 100%#?.csv";
    const auto text = tests::render_one("sarif", document);
    CHECK(text.find("caf%C3%A9%20100%25%23%3F.csv") != std::string::npos);
}

TEST_CASE("GitHub: one annotation a rule, the gravest first, nothing that begins another command") {
    const auto document = tests::sample();
    const auto text = tests::render_one("github", document);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        lines.push_back(text.substr(at, text.find('\n', at) - at));
    REQUIRE(lines.size() == 3);  // a failed rule, rejected rows, a rule with findings
    CHECK(lines[0].starts_with("::error title=broken failed::"));
    CHECK(lines[1].starts_with("::error file=reviews.csv,line=5,title=Not read::1 rejected."));
    CHECK(
        lines[2] ==
        "::error file=reviews.csv,line=12,title=late Title of late::2 of 10 fail, 1 undecided. The first is "
        "finding " +
            document.findings[0].id.substr(0, 8));
    auto hostile = tests::sample();
    hostile.rules[3].reason = "x\n::set-output name=a::b %";
    hostile.findings[0].records[0].file = "a,b:c.csv";
    const auto escaped = tests::render_one("github", hostile);
    CHECK(escaped.find("\n::set-output") == std::string::npos);
    CHECK(escaped.find("file=a%2Cb%3Ac.csv,") != std::string::npos);
    CHECK(escaped.find("x\\u{a}::set-output name=a::b %25") != std::string::npos);
}

TEST_CASE("GitHub: counts what fails the run, and names findings of a rule that broke too") {
    auto document = tests::sample();
    document.rules[0].failed = 5, document.rules[0].known = 3, document.rules[0].waived = 1;
    document.findings[0].waiver.emplace();
    document.rules[3].failed = 1;
    auto found = document.findings[1];
    found.number = 3;
    document.findings.push_back(found);
    const auto text = tests::render_one("github", document);
    CHECK(text.find("::1 of 10 fail, 1 undecided; not counted: 3 known, 1 waived. The first is finding " +
                    document.findings[1].id.substr(0, 8)) != std::string::npos);
    CHECK(text.find("::error title=broken failed::") != std::string::npos);
    CHECK(text.find("title=broken Title of broken::") != std::string::npos);
}

TEST_CASE("CSV cells: quoted where they must be, and no formula among them") {
    std::string out;
    reports::append_csv(
        out, {"plain", "a,b", "say \"x\"", "two\nlines", "", "=1+1", "+44", "-1", "@SUM", "\tx", "\rx"});
    CHECK(out ==
          "plain,\"a,b\",\"say "
          "\"\"x\"\"\",\"two\nlines\",,\"'=1+1\",\"'+44\",\"'-1\",\"'@SUM\",\"'\tx\",\"'\rx\"\r\n");
}

TEST_CASE("worklists: one for each responsible, the most urgent first") {
    auto document = tests::sample();
    for (auto& finding : document.findings) finding.responsible = "Team East";
    auto more = document.findings[0];
    more.severity = "critical", more.evidence.clear(), more.responsible = "Team  east!";
    document.findings.push_back(more);
    more.responsible.clear();
    document.findings.push_back(more);
    more.responsible = "Team East", more.severity = "low";
    document.findings.push_back(more);
    more.evidence = {{"due", "2026-01-05", false}};
    document.findings.push_back(more);
    more.evidence = {{"due", "(withheld)", false}};
    document.findings.push_back(more);
    const auto lists = reports::worklists(document, reports::Split::responsible);
    REQUIRE(lists.size() == 3);
    CHECK(lists[0].of == "Team  east!");
    CHECK(lists[0].file_name == "team-east");
    CHECK(lists[1].file_name == "team-east-2");  // another, although its name makes the same file
    CHECK(lists[2].file_name == "nobody-named");
    REQUIRE(lists[1].tasks.size() == 5);
    CHECK(lists[1].tasks[0].severity == "high");
    CHECK(lists[1].tasks[2].due == "2026-01-05");  // low, and due: before low with no day
    CHECK(lists[1].tasks[3].due.empty());
    CHECK(lists[1].tasks[4].due == "(withheld)");
    CHECK(lists[0].tasks[0].line == 12);
}

TEST_CASE("worklists of teams and of workers, each with the findings that name it") {
    auto document = tests::sample();
    auto second = document.findings[0];
    document.findings[0].team = "Team East", document.findings[0].worker = "W1";
    second.team = "Team East", second.worker = "W2";
    document.findings.push_back(second);
    const auto teams = reports::worklists(document, reports::Split::team);
    REQUIRE(teams.size() == 2);
    CHECK(teams[0].of == "Team East");
    CHECK(teams[0].tasks.size() == 2);
    CHECK(teams[1].file_name == "nobody-named");
    const auto workers = reports::worklists(document, reports::Split::worker);
    REQUIRE(workers.size() == 3);
    CHECK(workers[1].of == "W2");
    const auto files = tests::render("worklist-csv-by-worker", document);
    REQUIRE(files.size() == 3);
    CHECK(files[0].name == "w1.csv");
    CHECK(files[0].bytes.find(",Team East,Team East,W1,") != std::string::npos);
}

TEST_CASE("a worklist in CSV opens in a spreadsheet as what it is") {
    const auto files = tests::render("worklist-csv", tests::sample());
    REQUIRE(files.size() == 2);
    CHECK(files[0].name == "team.csv");
    CHECK(files[0].bytes.starts_with("\xEF\xBB\xBFSeverity,Due,Case,"));
    CHECK(files[0].bytes.find("high,2026-02-28,\"'=B\",\"'=1+1 <script>") != std::string::npos);
}

TEST_CASE("workbooks are made, the same bytes each time") {
    const auto document = tests::sample();
    for (const auto* format : {"worklist-xlsx", "worklist-xlsx-by-team", "tables-xlsx"}) {
        const auto first = tests::render(format, document), second = tests::render(format, document);
        CHECK(first.front().bytes.starts_with("PK"));
        CHECK(first.front().bytes == second.front().bytes);
    }
}
