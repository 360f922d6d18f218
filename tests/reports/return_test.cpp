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
