#include <catch2/catch.hpp>

#include "reports/sample.h"

using namespace caseaudit;

TEST_CASE("the return: what must be fixed, what to check, by module, and what nobody judged") {
    auto document = tests::sample();
    document.rules[1].failed = 1, document.rules[1].passed = 9, document.rules[1].module = "care-leavers";
    auto query = document.findings[0];
    query.number = 1, query.rule = "good";
    document.findings.push_back(query);
    const auto text = tests::render_one("return", document);
    CHECK(text.find("| Must be fixed before submission | 2 | 2 |") != std::string::npos);
    CHECK(text.find("| To check and explain | 1 | 1 |") != std::string::npos);
    CHECK(text.find("| Rules that were not judged | 2 |") != std::string::npos);
    CHECK(text.find("| Reviews | 2 | 0 | 1 | 0 | 2 |") != std::string::npos);
    CHECK(text.find("| Care leavers | 0 | 1 | 1 | 0 | 0 |") != std::string::npos);
    CHECK(text.find("| late | Title of late | 2 | 2 | 9 | 1 | Do what is due. |") != std::string::npos);
    CHECK(text.find("- broke: the extract lacks table iro\\_plans: broken") != std::string::npos);
    CHECK(text.find("Nothing stands in the way") == std::string::npos);
}

TEST_CASE("the return: ready only when everything was judged and read") {
    auto document = tests::sample();
    document.findings.clear();
    document.rules.resize(2);
    document.rules[0].failed = 0;
    CHECK(tests::render_one("return", document).find("not everything was judged") !=
          std::string::npos);  // a row was rejected
    document.rejected.clear();
    CHECK(tests::render_one("return", document).find("Nothing stands in the way of submission.") !=
          std::string::npos);
}

TEST_CASE("the return: what a baseline keeps off the list, and what is waived, is told and not miscounted") {
    auto document = tests::sample();
    document.run.baseline = {"2026-02-28", 5};
    document.rules[0].failed = 5, document.rules[0].passed = 4, document.rules[0].known = 3;
    document.rules[0].waived = 1;
    auto text = tests::render_one("return", document);
    CHECK(text.find("| Must be fixed before submission | 5 | 2 or more |") != std::string::npos);
    CHECK(text.find("Of these findings 3 were known since 2026-02-28") != std::string::npos);
    CHECK(text.find("Of these findings 1 is waived") != std::string::npos);
    CHECK(text.find("| late | Title of late | 5 (1 waived) | 2 or more |") != std::string::npos);
    document.findings.clear();
    document.rules[0].known = 5, document.rules[0].waived = 0;
    text = tests::render_one("return", document);
    CHECK(text.find("| late | Title of late | 5 | not listed |") != std::string::npos);
}

TEST_CASE("the return: what a rule found before its check broke is listed") {
    auto document = tests::sample();
    document.rules[3].severity = "high";
    document.rules[3].failed = 1;
    auto found = document.findings[0];
    found.number = 3, found.rule = "broken";
    document.findings.push_back(found);
    const auto text = tests::render_one("return", document);
    CHECK(text.find("| Must be fixed before submission | 3 | 2 |") != std::string::npos);
    CHECK(text.find("| broken | Title of broken | 1 | 1 |") != std::string::npos);
    CHECK(text.find("| Rules that were not judged | 2 |") != std::string::npos);
}
