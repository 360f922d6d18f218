#include "engine/audit.h"

using namespace caseaudit;
using Lines = std::vector<std::string>;

TEST_CASE("all that is wrong with a pack's rules is told in one go, with place and suggestion") {
    const Audit audit("rules:\n" +
                      rule("check",
                           "for_each: stays\ncheck: completeness.presen\n"
                           "with: {values: [ended]}") +
                      rule("field", "for_each: stays\nassert: present(endde)") +
                      rule("type", "for_each: stays\nassert: ended") +
                      rule("where", "for_each: stays\nwhere: began + 1\nassert: present(ended)") +
                      rule("code", "for_each: stays\nassert: place == 'hime'") +
                      rule("rows", "for_each: stays\nassert: present(ended)\ncontext: [began]") +
                      rule("message", "for_each: stays\nassert: present(ended)\nmessage: Ended {endedd}."));
    const auto refused = audit.refused();
    const auto has = [&](std::string_view code, std::string_view rest) {
        INFO(code << " … " << rest << " in\n" << fmt::format("{}", fmt::join(refused, "\n")));
        return std::any_of(refused.begin(), refused.end(), [&](const std::string& line) {
            return line.starts_with(code) && line.find(rest) != line.npos;
        });
    };
    CHECK(has("", "did you mean 'completeness.present'?"));
    CHECK(has("", "endde | did you mean 'ended'?"));
    CHECK(has("", "endedd | did you mean 'ended'?"));
    CHECK(has("rule.not-rows", "began"));
    CHECK(has("", "hime"));
    CHECK(refused.size() == 7);
}

TEST_CASE("arguments are checked against what the check declares") {
    CHECK(Audit("rules:\n" + rule("unknown",
                                  "for_each: stays\ncheck: completeness.present\n"
                                  "with: {value: [ended]}"))
              .refused()
              .size() >= 1);
    const Audit refusing("rules:\n" + rule("refused",
                                           "for_each: stays\ncheck: breaking.refuses\n"
                                           "with:\n  days: 0"));
    CHECK(refusing.refused() == Lines{"rule.refused 10 days"});
    const Audit text("rules:\n" +
                     rule("text", "for_each: stays\ncheck: breaking.refuses\nwith: {days: soon}"));
    REQUIRE(text.refused().size() == 1);
    CHECK(text.refused()[0].starts_with("rule.argument-type 9 soon"));
    const Audit parameter(
        "rules:\n" + rule("parameter", "for_each: stays\ncheck: breaking.refuses\nwith: {days: $days}"),
        "parameters: {days: {value: 0, unit: days}}\n");
    CHECK(parameter.refused() == Lines{"rule.refused 9 days"});
    const Audit unit("rules:\n" + rule("unit",
                                       "for_each: stays\ncheck: timeliness.deadline\n"
                                       "with: {start: began, event: ended, within: {fortnights: 2}}"));
    REQUIRE(unit.refused().size() == 1);
    CHECK(unit.refused()[0].starts_with("rule.unknown-unit 9 fortnights"));
}

TEST_CASE("a constant outside of what the check allows is pointed at where it is written") {
    const auto refused = [](const std::string& with, const std::string& pack = "") {
        return Audit("rules:\n" + rule("limited", "for_each: stays\ncheck: breaking.limited\nwith: " + with),
                     pack)
            .refused();
    };
    CHECK(refused("{within: {weeks: 12}, share: 0.5, days: [1, 2]}").empty());
    CHECK(refused("{within: {weeks: 13}}") == Lines{"rule.out-of-range 9 13 | A time."});
    CHECK(refused("{within: {days: 3}}") == Lines{"rule.out-of-range 9 days | A time."});
    CHECK(refused("{share: 0.51, within: {months: 0}, days: [1, 0, 2]}") ==
          Lines{"rule.out-of-range 9 0.51 | A share.", "rule.out-of-range 9 0 | A time.",
                "rule.out-of-range 9 0 | Some days."});
    CHECK(refused("{within: {weeks: $most}}", "parameters: {most: {value: 13, unit: weeks}}\n") ==
          Lines{"rule.out-of-range 9 $most | A time."});
}

TEST_CASE("a rule that is asked for must be there") {
    Audit audit("rules:\n" + rule("long-stay", "for_each: stays\nassert: present(ended)"));
    CHECK(audit.only({"long-stay"}).refused().empty());
    CHECK(audit.only({"long-stays"}).refused() ==
          Lines{"rule.unknown 0 long-stays | did you mean 'long-stay'?"});
}

TEST_CASE("only the rules asked for are planned, and no measures with them") {
    const std::string measure =
        "measures:\n  - {id: stays, title: Stays, unit: stays, kind: count, for_each: stays}\n";
    Audit audit("rules:\n" + rule("one", "for_each: stays\nassert: present(ended)") +
                rule("two", "for_each: stays\nassert: present(began)") + measure);
    audit.table("stays", "child,began,ended,place\nA,2024-01-01,,home\n");
    CHECK(audit.run().found() == Lines{"one A: It is so."});
    CHECK(audit.groups("stays").size() == 1);
    audit.only({"two"}).run();
    CHECK(audit.found().empty());
    CHECK_THROWS(audit.outcome("one"));
    CHECK_THROWS(audit.measure("stays"));
}
