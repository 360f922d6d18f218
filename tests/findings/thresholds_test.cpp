#include "findings/thresholds.h"

#include <catch2/catch.hpp>

using namespace caseaudit;
using findings::Thresholds;

namespace {

RuleOutcome rule(std::string id, std::string severity, std::uint64_t passed, std::uint64_t failed) {
    RuleOutcome rule;
    rule.pack = "p", rule.rule = std::move(id), rule.severity = std::move(severity);
    rule.passed = passed, rule.failed = failed, rule.undecided = 100;
    rule.population = passed + failed + rule.undecided;
    return rule;
}

bool exceeded(const Threshold& threshold, std::uint64_t passed, std::uint64_t failed) {
    Thresholds thresholds;
    thresholds.set_rule("p", "r", threshold);
    return thresholds.judge({rule("r", "high", passed, failed)}).at(0).exceeded;
}

}  // namespace

TEST_CASE("a count is exceeded by more, not by as many") {
    const Threshold ten{false, 10, 0, "count > 10"};
    CHECK_FALSE(exceeded(ten, 0, 9));
    CHECK_FALSE(exceeded(ten, 0, 10));
    CHECK(exceeded(ten, 0, 11));
}

TEST_CASE("a rate is of those judged: not of the undecided, not of too few, not of nobody") {
    const Threshold rate{true, 0.02, 50, "rate > 2 % of at least 50"};
    CHECK_FALSE(exceeded(rate, 98, 2));
    CHECK(exceeded(rate, 97, 3));
    CHECK_FALSE(exceeded(rate, 0, 49));
    CHECK(exceeded(rate, 48, 2));
    CHECK_FALSE(exceeded({true, 0, 0, "rate > 0 %"}, 0, 0));
}

TEST_CASE("the most special threshold counts, and a rule is in the sums of that one alone") {
    Thresholds thresholds;
    const Threshold none{false, 0, 0, "count > 0"};
    thresholds.set_rule("p", "own", {false, 5, 0, "count > 5"});
    thresholds.set_severity("p", "high", none);
    thresholds.set_pack("p", none);
    const std::vector<RuleOutcome> rules = {rule("own", "high", 5, 3), rule("a", "high", 5, 0),
                                            rule("b", "low", 5, 2)};
    const auto outcomes = thresholds.judge(rules);
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0].rule == "own");
    CHECK(outcomes[0].findings == 3);
    CHECK_FALSE(outcomes[0].exceeded);
    CHECK(outcomes[1].severity == "high");
    CHECK(outcomes[1].findings == 0);
    CHECK_FALSE(outcomes[1].exceeded);
    CHECK(outcomes[2].findings == 2);
    CHECK(outcomes[2].judged == 7);
    CHECK(outcomes[2].exceeded);
    CHECK(findings::threshold_of(rules[0], outcomes) == &outcomes[0]);
    CHECK(findings::threshold_of(rules[1], outcomes) == &outcomes[1]);
    CHECK(findings::threshold_of(rules[2], outcomes) == &outcomes[2]);
    RuleOutcome other = rules[0];
    other.pack = "q";
    CHECK(findings::threshold_of(other, outcomes) == nullptr);
    CHECK(thresholds.covers(rules[1]));
    CHECK_FALSE(thresholds.covers(other));
}

TEST_CASE("a rule that did not run exceeds nothing") {
    Thresholds thresholds;
    thresholds.set_rule("p", "r", {false, 0, 0, "count > 0"});
    auto skipped = rule("r", "high", 0, 3);
    skipped.status = Status::skipped;
    CHECK_FALSE(thresholds.judge({skipped}).at(0).exceeded);
}
