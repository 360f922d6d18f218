#include "findings/waivers.h"

using namespace caseaudit;
using namespace caseaudit::findings;

TEST_CASE("a star stands for any text, none included", "[waivers]") {
    CHECK(fits("148", "148"));
    CHECK_FALSE(fits("148", "1480"));
    CHECK_FALSE(fits("148", "14"));
    CHECK(fits("14*", "148"));
    CHECK(fits("14*", "14"));
    CHECK(fits("*-late", "report-late"));
    CHECK_FALSE(fits("*-late", "report-later"));
    CHECK(fits("a*b*c", "a-b-b-c"));
    CHECK_FALSE(fits("a*b*c", "a-c-b"));
    CHECK(fits("*", ""));
    CHECK(fits("", ""));
    CHECK_FALSE(fits("", "a"));
}

TEST_CASE("all that a waiver says must agree, and the first that does is taken", "[waivers]") {
    RuleOutcome first, second;
    first.pack = second.pack = "p";
    first.rule = "late";
    second.rule = "missing";
    Waiver by_case, by_team, expired;
    by_case.rule = "late";
    by_case.case_name = "c1";
    by_team.rule = "*";
    by_team.responsible = "North*";
    expired = by_team;
    by_case.expires = by_team.expires = 100;
    expired.expires = 99;
    const WaiverBook book({expired, by_case, by_team}, {first, second}, 100);
    const auto find = [&](std::uint32_t rule, std::string_view case_name, std::string_view team,
                          std::string_view worker = "") {
        const std::string_view who[] = {team, team, worker};
        return book.find(rule, case_name, "f", who);
    };
    CHECK(find(0, "c1", "North 1") == 1);
    CHECK(find(0, "c2", "North 1") == 2);
    CHECK(find(0, "c2", "South") == -1);
    CHECK(find(0, "c2", "South", "Northam") == 2);
    CHECK(find(1, "c1", "") == -1);
    CHECK(find(1, "c1", "North") == 2);
    CHECK(book.status(0, 0, {first, second}) == WaiverStatus::expired);
    CHECK(book.status(1, 0, {first, second}) == WaiverStatus::unused);
    CHECK(book.status(1, 3, {first, second}) == WaiverStatus::used);
    first.status = Status::failed;
    CHECK(book.status(1, 0, {first, second}) == WaiverStatus::not_judged);
    CHECK(book.status(2, 0, {first, second}) == WaiverStatus::unused);  // of both rules
    CHECK(book.status(1, 3, {first, second}) == WaiverStatus::used);
}

TEST_CASE("a key that is given twice hides nothing else of a file of waivers", "[waivers]") {
    const auto path = std::filesystem::temp_directory_path() / "caseaudit_waivers_test.yaml";
    std::ofstream(path, std::ios::binary) << "waivers:\n  - rule: late\n    rule: later\n    reason: agreed\n"
                                             "    basis: none\n    owner: head\n    expires: 2026-02-30\n";
    const auto read = read_waivers(path.string(), 0);
    std::filesystem::remove(path);
    REQUIRE_FALSE(read);
    std::vector<std::string> codes;
    for (const auto& error : read.errors())
        codes.push_back(fmt::format("{} {}", error.place.line, error.code));
    CHECK(codes == std::vector<std::string>{"3 yaml.duplicate-key", "7 waivers.bad-value"});
}
