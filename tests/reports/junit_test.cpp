#include <catch2/catch.hpp>

#include "reports/renderer.h"
#include "reports/sample.h"

using namespace caseaudit;

TEST_CASE("JUnit: a case for each rule, failures with their findings, rejected rows as an error") {
    const auto text = tests::render_one("junit", tests::sample());
    CHECK(text.find("<testsuites name=\"caseaudit\" tests=\"5\" failures=\"1\" errors=\"2\"") !=
          std::string::npos);
    CHECK(text.find("<testsuite name=\"iro\" tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\"") !=
          std::string::npos);
    CHECK(text.find("message=\"2 of 10 fail, 1 undecided\" type=\"high\"") != std::string::npos);
    CHECK(text.find("reviews.csv:12: Due on 28 February 2026.") != std::string::npos);
    CHECK(text.find("<skipped message=\"the extract lacks table iro_plans\"/>") != std::string::npos);
    CHECK(text.find("reviews.csv:5: too few columns") != std::string::npos);
    CHECK(text.find("<script>") == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("JUnit: what a threshold allows is no failure") {
    auto document = tests::sample();
    document.thresholds.push_back({"iro", "late", "", {false, 5, 0, "count > 5"}, 2, 9, false});
    const auto text = tests::render_one("junit", document);
    CHECK(text.find("failures=\"0\"") != std::string::npos);
    CHECK(text.find("<system-out>2 of 10 fail, 1 undecided. That many are allowed. ") != std::string::npos);
    document.thresholds.back().exceeded = true;
    CHECK(tests::render_one("junit", document).find("failures=\"1\"") != std::string::npos);
}

TEST_CASE("JUnit: what is known and what is waived is told apart from what fails") {
    auto document = tests::sample();
    document.rules[0].failed = 5, document.rules[0].passed = 4, document.rules[0].known = 3;
    document.rules[0].waived = 1;
    document.findings[0].waiver.emplace();
    const auto text = tests::render_one("junit", document);
    CHECK(text.find("message=\"1 of 10 fail, 1 undecided; not counted: 3 known, 1 waived\"") !=
          std::string::npos);
    CHECK(text.find("reviews.csv:12: Due on 28 February 2026.") == std::string::npos);  // the waived one
    CHECK(text.find("reviews.csv:13: ") != std::string::npos);
}

TEST_CASE("JUnit: what a rule found before its check broke is listed") {
    auto document = tests::sample();
    document.findings[0].number = 3;
    const auto text = tests::render_one("junit", document);
    const auto error = text.find("type=\"rule failed\"");
    CHECK(text.find("reviews.csv:12: Due on 28 February 2026.") > error);
    CHECK(text.find("reviews.csv:12: Due on 28 February 2026.") < text.find("</error>"));
}

TEST_CASE("a misspelt report is answered with the nearest") {
    const auto renderer = reports::find_renderer("junti");
    REQUIRE_FALSE(renderer);
    CHECK(renderer.errors().front().hint == "did you mean 'junit'?");
}
