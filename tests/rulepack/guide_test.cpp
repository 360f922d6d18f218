// docs/rule-packs.md: its packs load, and it says something about every key.
#include <sstream>

#include "rulepack/grammar.h"
#include "rulepack/temporary_packs.h"

using namespace caseaudit;

namespace {

std::string guide() {
    std::ifstream file(std::string(CASEAUDIT_SOURCE_DIR) + "/docs/rule-packs.md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// Blocks of YAML whose first line is a remark with the name of the file they stand for.
std::map<std::string, std::string> files_in(const std::string& text) {
    const std::string begin = "```yaml\n# ", end = "```\n";
    std::map<std::string, std::string> files;
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
        const std::size_t name = at + begin.size();
        const std::size_t line_end = text.find('\n', name);
        files[text.substr(name, line_end - name)] =
            text.substr(line_end, text.find(end, line_end) - line_end);
    }
    return files;
}

}  // namespace

TEST_CASE("the pack that the guide builds is sound") {
    const TemporaryPacks packs;
    const auto files = files_in(guide());
    REQUIRE(files.size() == 3);
    for (const auto& [name, text] : files) packs.write(name, text);
    rulepack::LoadOptions options;
    options.examples = true;
    const auto loaded =
        rulepack::load(packs.path("north"), {{std::string(CASEAUDIT_SOURCE_DIR) + "/rules"}}, options);
    if (!loaded) FAIL(render(loaded.errors().front()));
    CHECK(loaded->pack.parameters.at("late_notification").value.integer == 2);
    CHECK(loaded->pack.parameters.at("late_notification").unit == "working days");
    std::size_t examples = 0;
    for (const auto& rule : loaded->pack.rules) examples += rule.examples.size();
    CHECK(examples == 2);
}

TEST_CASE("the guide speaks of every key") {
    const std::string text = guide();
    for (const auto keys : {rulepack::pack_keys(), rulepack::rule_keys(), rulepack::override_keys(),
                            rulepack::parameter_keys(), rulepack::example_keys(), rulepack::period_keys()}) {
        for (const rulepack::Key& key : keys) {
            INFO(key.name);
            const std::string name(key.name);
            CHECK((text.find('`' + name + '`') != std::string::npos ||
                   text.find(name + ": ") != std::string::npos ||
                   text.find(", " + name) != std::string::npos));
        }
    }
}
