#include "rulepack/pack.h"

using namespace caseaudit;

namespace {

rulepack::LoadedPack shipped(const std::string& name, bool examples) {
    const std::string rules = std::string(CASEAUDIT_SOURCE_DIR) + "/rules";
    auto loaded = rulepack::load(name, {{rules}}, {examples, {}});
    if (!loaded) {
        std::string text;
        for (const Diagnostic& error : loaded.errors()) text += render(error) + "\n";
        FAIL(text);
    }
    return *std::move(loaded);
}

}  // namespace

TEST_CASE("every shipped pack loads, and each of its rules says what it must") {
    const auto packs = rulepack::find_packs({{std::string(CASEAUDIT_SOURCE_DIR) + "/rules"}});
    REQUIRE_FALSE(packs.empty());
    for (const auto& found : packs) {
        const auto loaded = shipped(found.id, true);
        CHECK(loaded.pack.rules.size() == found.rules);
        for (const auto& rule : loaded.pack.rules) {
            INFO(found.id << " " << rule.id);
            CHECK_FALSE(rule.title.empty());
            CHECK_FALSE(rule.message.empty());
            CHECK_FALSE(rule.check.empty());
        }
    }
}

TEST_CASE("the IRO pack has its headline rules, each with examples of a finding and of none") {
    const auto loaded = shipped("iro", true);
    for (const char* id : {"pre-meeting-report-missing", "pre-meeting-report-late", "late-notification",
                           "care-plan-not-shared"}) {
        INFO(id);
        const auto rule = std::find_if(loaded.pack.rules.begin(), loaded.pack.rules.end(),
                                       [&](const rulepack::Rule& one) { return one.id == id; });
        REQUIRE(rule != loaded.pack.rules.end());
        CHECK_FALSE(rule->source.empty());
        CHECK_FALSE(rule->remedy.empty());
        const auto finds = [](const rulepack::Example& example) { return !example.finds.empty(); };
        CHECK(std::any_of(rule->examples.begin(), rule->examples.end(), finds));
        CHECK_FALSE(std::all_of(rule->examples.begin(), rule->examples.end(), finds));
    }
    for (const auto& [name, parameter] : loaded.pack.parameters) {
        INFO(name);
        CHECK_FALSE(parameter.source.empty());
        CHECK_FALSE(parameter.description.empty());
    }
}
