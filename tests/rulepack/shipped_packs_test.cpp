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
        const auto own = [&](const rulepack::Rule& rule) { return rule.defined_in == found.id; };
        CHECK(std::count_if(loaded.pack.rules.begin(), loaded.pack.rules.end(), own) ==
              static_cast<std::ptrdiff_t>(found.rules));
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

TEST_CASE("what the IRO packs propose goes by a category that disputes are recorded under") {
    for (const char* id : {"iro", "iro-kent", "iro-manchester", "iro-nottingham"}) {
        const auto loaded = shipped(id, false);
        REQUIRE(loaded.pack.dispute_protocol);
        const auto& lists = loaded.dataset.code_lists;
        const auto list = std::find_if(lists.begin(), lists.end(),
                                       [](const auto& one) { return one.name == "dispute_category"; });
        REQUIRE(list != lists.end());
        for (const auto& [rule, category] : loaded.pack.dispute_protocol->categories) {
            INFO(id << " " << rule);
            CHECK(std::any_of(list->codes.begin(), list->codes.end(),
                              [&](const auto& code) { return code.value == category.name; }));
        }
    }
    CHECK(shipped("iro-kent", false).pack.dispute_protocol->stages.size() == 3);
    CHECK(shipped("iro-manchester", false).pack.dispute_protocol->stages.size() == 6);
}
