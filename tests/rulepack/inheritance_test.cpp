#include "rulepack/temporary_packs.h"

using namespace caseaudit;
using Codes = std::vector<std::string>;

namespace {

const std::string base_parameters =
    "parameters:\n  days: {value: 3, unit: working days, source: A regulation}\n  share: {value: 0.5}\n"
    "lists:\n  codes: [PN0, PN1]\nexpressions:\n  recent: held > as_at - $days && $share > 0.1\n";

void write_base(const TemporaryPacks& packs) {
    packs.pack("base", base_parameters);
    packs.write("base/b.yaml", "rules:\n" +
                                   rule("two",
                                        "    check: completeness.present\n    with:\n"
                                        "      values: held\n      needs: all\n") +
                                   rule("three",
                                        "    where: participation in $codes\n    except: held < as_at\n"
                                        "    assert: $recent\n"));
    packs.write("base/a.yaml", "rules:\n" + rule("one"));
}

const rulepack::Rule& rule_of(const rulepack::LoadedPack& loaded, const std::string& id) {
    for (const auto& rule : loaded.pack.rules) {
        if (rule.id == id) return rule;
    }
    FAIL("no rule " + id);
    return loaded.pack.rules[0];
}

}  // namespace

TEST_CASE("an heir has its base's rules, then its own, and its base's dataset") {
    const TemporaryPacks packs;
    write_base(packs);
    packs.write("heir/pack.yaml", "id: heir\nversion: 2.0.0\ntitle: Heir\nextends: base\n");
    packs.write("heir/own.yaml", "rules:\n" + rule("four"));
    const auto loaded = packs.sound("heir");
    std::vector<std::string> ids, origins;
    for (const auto& rule : loaded.pack.rules) {
        ids.push_back(rule.id);
        origins.push_back(rule.defined_in);
        CHECK(rule.pack == "heir");
    }
    CHECK(ids == Codes{"one", "two", "three", "four"});
    CHECK(origins == Codes{"base", "base", "base", "heir"});
    CHECK(loaded.pack.dataset_id == "small");
    CHECK(loaded.pack.extends == Codes{"base"});
    CHECK(loaded.pack.bases.at(0).sha256 == packs.sound("base").pack.sha256);
}

TEST_CASE("an override changes what it names and nothing else") {
    const TemporaryPacks packs;
    write_base(packs);
    packs.write("heir/pack.yaml",
                "id: heir\nversion: 1.0.0\ntitle: Heir\nextends: base\noverrides:\n"
                "  one: {disabled: true}\n"
                "  two: {severity: critical, with: {needs: any, also: held}, title: Other, remedy: Do it,\n"
                "        message: 'Now {held}.', effective: {from: 2024-01-01}}\n"
                "  three: {where: present(held), except: [missing(participation), held > as_at]}\n");
    const auto loaded = packs.sound("heir");
    const auto& one = rule_of(loaded, "one");
    CHECK(one.disabled);
    CHECK(one.disabled_by == "heir");
    CHECK(one.severity == rulepack::Severity::high);
    const auto& two = rule_of(loaded, "two");
    CHECK_FALSE(two.disabled);
    CHECK(two.severity == rulepack::Severity::critical);
    CHECK(two.title == "Other");
    CHECK(two.remedy == "Do it");
    REQUIRE(two.with.size() == 3);
    CHECK(two.with[0].node.text == "held");
    CHECK(two.with[1].node.text == "any");
    CHECK(two.with[1].place.file == packs.path("heir/pack.yaml"));
    CHECK(two.with[2].name == "also");
    REQUIRE(two.message.size() == 3);
    CHECK(two.message[1].expression->text == "held");
    CHECK(two.effective_from == calendar::day_number(2024, 1, 1));
    const auto& three = rule_of(loaded, "three");
    CHECK(three.where->text == "present(held)");
    REQUIRE(three.except.size() == 3);  // separate expressions: their parentheses need no thought
    CHECK(three.except[0].text == "held < as_at");
    CHECK(three.except[1].text == "missing(participation)");
    CHECK(three.except[2].text == "held > as_at");
}

TEST_CASE("values are replaced, and what an override leaves out stays") {
    const TemporaryPacks packs;
    write_base(packs);
    packs.write("heir/pack.yaml",
                "id: heir\nversion: 1.0.0\ntitle: Heir\nextends: base\n"
                "parameters:\n  days: {value: 5}\n  share: {value: 1}\nlists:\n  codes: [PN2]\n"
                "expressions:\n  recent: held > as_at - $days || $share > 2\n");
    const auto loaded = packs.sound("heir");
    const auto& days = loaded.pack.parameters.at("days");
    CHECK(days.value.integer == 5);
    CHECK(days.unit == "working days");
    CHECK(days.source == "A regulation");
    CHECK(loaded.pack.parameters.at("share").value.decimal == 1);  // a whole number where a number is wanted
    CHECK(loaded.pack.lists.at("codes").size() == 1);
    CHECK(loaded.pack.named.at("recent").text.text == "held > as_at - $days || $share > 2");
}

TEST_CASE("chains and diamonds: each pack counts once, the nearest has the last word") {
    const TemporaryPacks packs;
    write_base(packs);
    const auto heir = [&](const std::string& id, const std::string& extends, const std::string& more) {
        packs.write(id + "/pack.yaml",
                    fmt::format("id: {}\nversion: 1.0.0\ntitle: T\nextends: {}\n{}", id, extends, more));
    };
    heir("left", "base", "parameters:\n  days: {value: 10}\noverrides:\n  one: {severity: low}\n");
    heir("right", "base",
         "parameters:\n  days: {value: 20}\noverrides:\n  one: {severity: info, title: R}\n");
    heir("both", "[left, right]", "");
    heir("last", "both", "");
    const auto loaded = packs.sound("last");
    CHECK(loaded.pack.extends == Codes{"both", "left", "right", "base"});
    CHECK(loaded.pack.rules.size() == 3);
    CHECK(loaded.pack.parameters.at("days").value.integer == 10);
    CHECK(rule_of(loaded, "one").severity == rulepack::Severity::low);
    CHECK(rule_of(loaded, "one").title == "R");
}

TEST_CASE("a pack is extended by name, by id and by path") {
    const TemporaryPacks packs;
    write_base(packs);
    packs.write("elsewhere/deep/folder/pack.yaml",
                "id: deep-pack\nversion: 1\ntitle: T\nextends: ../../../base\n");
    packs.write("elsewhere/other/pack.yaml", "id: other\nversion: 1\ntitle: T\nextends: ../deep/folder\n");
    CHECK(packs.sound(packs.path("elsewhere/other")).pack.rules.size() == 3);
    CHECK(packs.sound(packs.path("elsewhere/other/")).pack.id == "other");
    CHECK(packs.sound(packs.path("elsewhere/other/pack.yaml")).pack.id == "other");
    packs.write("folder-of-another-name/pack.yaml", "id: by-id\nversion: 1\ntitle: T\nextends: base\n");
    CHECK(packs.sound("by-id").pack.rules.size() == 3);
}

TEST_CASE("effective dates: the rule's own, else the nearest pack's") {
    const TemporaryPacks packs;
    packs.pack("base", "effective: {from: 2020-01-01, to: 2024-12-31}\n");
    packs.write("base/r.yaml",
                "rules:\n" + rule("one") +
                    rule("two", "    assert: present(held)\n    effective: {to: 2022-12-31}\n"));
    const auto loaded = packs.sound("base");
    const auto in_force = [&](const char* id, int year, int month, int day) {
        return rulepack::in_force(loaded.pack, rule_of(loaded, id), calendar::day_number(year, month, day));
    };
    CHECK_FALSE(in_force("one", 2019, 12, 31));
    CHECK(in_force("one", 2020, 1, 1));
    CHECK(in_force("one", 2024, 12, 31));
    CHECK_FALSE(in_force("one", 2025, 1, 1));
    CHECK(in_force("two", 2022, 12, 31));
    CHECK_FALSE(in_force("two", 2023, 1, 1));
    CHECK_FALSE(in_force("two", 2019, 12, 31));
    packs.write("heir/pack.yaml",
                "id: heir\nversion: 1\ntitle: T\nextends: base\neffective: {to: 2030-12-31}\n");
    const auto heir = packs.sound("heir");
    CHECK(heir.pack.effective_to == calendar::day_number(2030, 12, 31));
    CHECK(heir.pack.effective_from == calendar::day_number(2020, 1, 1));
}

TEST_CASE("a pack brings its own copy of the dataset and calendar that it inherits, beside its folder") {
    const TemporaryPacks packs;
    const auto small = [](const std::string& title) {
        return "id: small\ntitle: " + title +
               "\nversion: '1'\nsource: A test\ncase: child\ntables:\n  reviews:\n    case_key: child\n"
               "    fields: {child: text, held: date}\n";
    };
    packs.write("shared/base/pack.yaml", "id: base\nversion: 1.0.0\ntitle: Base\ndataset: small\n");
    packs.write("shared/base/rules.yaml", "rules:\n" + rule("one"));
    packs.write("shared/datasets/small.yaml", small("Shared"));
    packs.write("local/heir/pack.yaml",
                "id: heir\nversion: 1.0.0\ntitle: Heir\nextends: ../../shared/base\n");
    CHECK(packs.sound(packs.path("local/heir")).dataset.title == "Shared");
    packs.write("local/datasets/small.yaml", small("Local"));
    CHECK(packs.sound(packs.path("local/heir")).dataset.title == "Local");
    CHECK(packs.sound(packs.path("shared/base")).dataset.title == "Shared");
}
