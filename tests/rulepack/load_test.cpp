#include "rulepack/temporary_packs.h"

using namespace caseaudit;
using rulepack::LoadOptions;
using Codes = std::vector<std::string>;

TEST_CASE("a rule is read whole") {
    const TemporaryPacks packs;
    packs.pack("p", "parameters:\n  days: {value: 3}\nexpressions:\n  recent: held > as_at - $days\n");
    packs.write("p/r.yaml", R"(rules:
  - id: "148"
    title: Review is late
    dimension: timeliness
    severity: critical
    source: A regulation
    description: Why.
    remedy: Hold it.
    tags: [reviews, statutory]
    for_each: [reviews, children]
    where: $recent
    except:
      - missing(held)
      - held > as_at
    check: timeliness.deadline
    with:
      start: held
      within: {days: $days}
    also_report: children
    context: [prev, next]
    fields: [child]
    optional: [children.born]
    message: "Late by {late}: held {held}."
    responsible: participation
    effective: {from: 2024-01-01, to: 2024-12-31}
)");
    const auto loaded = packs.sound("p");
    REQUIRE(loaded.pack.rules.size() == 1);
    const rulepack::Rule& rule = loaded.pack.rules[0];
    CHECK(rule.id == "148");
    CHECK(rule.pack == "p");
    CHECK(rule.title == "Review is late");
    CHECK(rule.dimension == rulepack::Dimension::timeliness);
    CHECK(rule.severity == rulepack::Severity::critical);
    CHECK(rule.source == "A regulation");
    CHECK(rule.description == "Why.");
    CHECK(rule.remedy == "Hold it.");
    CHECK(rule.tags == Codes{"reviews", "statutory"});
    CHECK(rule.for_each == Codes{"reviews", "children"});
    CHECK(rule.where->text == "$recent");
    CHECK(rule.where->place == Place{packs.path("p/r.yaml"), 11, 12});
    CHECK(rule.except.size() == 2);
    CHECK(rule.check == "timeliness.deadline");
    CHECK(rule.check_place == Place{packs.path("p/r.yaml"), 15, 12});
    REQUIRE(rule.with.size() == 2);
    CHECK(rule.with[1].node.find("days")->text == "$days");
    CHECK(rule.also_report.size() == 1);
    CHECK(rule.context.size() == 2);
    CHECK(rule.fields == Codes{"child"});
    CHECK(rule.optional == Codes{"children.born"});
    REQUIRE(rule.message.size() == 5);
    CHECK(rule.message[1].expression->text == "late");
    CHECK(rule.message[1].expression->place == Place{packs.path("p/r.yaml"), 23, 24});
    CHECK(rule.message[4].text == ".");
    CHECK(rule.responsible.who->text == "participation");
    CHECK_FALSE(rule.responsible.team);
    CHECK_FALSE(rule.responsible.worker);
    CHECK(rule.effective_to == calendar::day_number(2024, 12, 31));
    CHECK(rule.examples.empty());
}

TEST_CASE("who is to act: a team and a worker apart, and who of them first") {
    const TemporaryPacks packs;
    packs.pack("p");
    packs.write("p/r.yaml", "rules:\n" +
                                rule("both",
                                     "    assert: present(held)\n    responsible: {team: child, worker: "
                                     "\"first.child\"}\n") +
                                rule("first",
                                     "    assert: present(held)\n    responsible:\n      who: child\n      "
                                     "worker: child\n"));
    const auto loaded = packs.sound("p");
    const auto& both = loaded.pack.rules.at(0).responsible;
    CHECK_FALSE(both.who);
    CHECK(both.team->text == "child");
    CHECK(both.worker->text == "first.child");
    const auto& first = loaded.pack.rules.at(1).responsible;
    CHECK(first.who->text == "child");
    CHECK_FALSE(first.team);
}

TEST_CASE("assert is short for assertion.holds") {
    const TemporaryPacks packs;
    packs.pack("p");
    packs.write("p/r.yaml", "rules:\n" + rule("a"));
    const auto loaded = packs.sound("p");
    const rulepack::Rule& rule = loaded.pack.rules.at(0);
    CHECK(rule.check == "assertion.holds");
    REQUIRE(rule.with.size() == 1);
    CHECK(rule.with[0].name == "that");
    CHECK(rule.with[0].node.text == "present(held)");
}

TEST_CASE("files of a pack are read by name, in folders too, and packs inside it are not") {
    const TemporaryPacks packs;
    packs.pack("p");
    packs.write("p/z.yaml", "rules:\n" + rule("last"));
    packs.write("p/a/b.yaml", "rules:\n" + rule("first"));
    packs.write("p/inner/pack.yaml", "id: inner\nversion: 1\ntitle: T\ndataset: small\n");
    packs.write("p/inner/r.yaml", "rules:\n" + rule("inner"));
    packs.write("p/.hidden/r.yaml", "not: a rule file\n");
    packs.write("p/README.md", "No rules here.\n");
    const auto loaded = packs.sound("p");
    REQUIRE(loaded.pack.rules.size() == 2);
    CHECK(loaded.pack.rules[0].id == "first");
    CHECK(loaded.pack.rules[1].id == "last");
}

TEST_CASE("examples are read when they are asked for") {
    const TemporaryPacks packs;
    packs.pack("p", "parameters:\n  days: {value: 3}\nexpressions:\n  used: $days > 1\n");
    packs.write("p/r.yaml", "rules:\n" + rule("one") +
                                rule("two",
                                     "    assert: present(held)\n    examples:\n"
                                     "      - given: {reviews: [{child: A, held: }]}\n        finds: [A]\n"));
    packs.write("p/r.examples.yaml",
                "examples:\n  one:\n    - note: The second of two\n"
                "      given: {reviews: [{child: A, held: 2024-05-01}, {child: B}], children: []}\n"
                "      prior: {reviews: [{child: A}]}\n      as_at: 2024-06-01\n      set: {days: 5}\n"
                "      finds: [\"reviews:2\"]\n      undecided: []\n");
    CHECK(packs.sound("p").pack.rules[0].examples.empty());
    LoadOptions options;
    options.examples = true;
    const auto loaded = packs.sound("p", options);
    REQUIRE(loaded.pack.rules[0].examples.size() == 1);
    const rulepack::Example& example = loaded.pack.rules[0].examples[0];
    CHECK(example.note == "The second of two");
    CHECK(example.given.find("reviews")->items.size() == 2);
    CHECK(example.prior.find("reviews")->items.size() == 1);
    CHECK(example.as_at == calendar::day_number(2024, 6, 1));
    CHECK(example.set.at("days") == "5");
    CHECK(example.finds == Codes{"reviews:2"});
    CHECK(example.has_undecided);
    CHECK(example.undecided.empty());
    REQUIRE(loaded.pack.rules[1].examples.size() == 1);
    CHECK_FALSE(loaded.pack.rules[1].examples[0].has_undecided);
}

TEST_CASE("the digest is of what decides results") {
    const TemporaryPacks packs;
    packs.pack("base");
    packs.write("base/r.yaml", "rules:\n" + rule("one"));
    packs.write("heir/pack.yaml", "id: heir\nversion: 1\ntitle: T\nextends: base\n");
    const std::string before = packs.sound("heir").pack.sha256;
    CHECK(before.size() == 64);
    CHECK(packs.sound("heir").pack.sha256 == before);
    packs.write("base/r.examples.yaml", "examples:\n  one: [{given: {reviews: [{child: A}]}, finds: [A]}]\n");
    LoadOptions options;
    options.examples = true;
    CHECK(packs.sound("heir", options).pack.sha256 == before);
    packs.write("copy/heir/pack.yaml", "id: heir\nversion: 1\ntitle: T\nextends: base\n");
    CHECK(packs.sound(packs.path("copy/heir")).pack.sha256 == before);  // wherever the folder is
    packs.write("base/r.yaml", "rules:\n" + rule("one") + "# a remark\n");
    CHECK(packs.sound("heir").pack.sha256 != before);
}

TEST_CASE("a pack that is not there") {
    const TemporaryPacks packs;
    packs.pack("reviews");
    const auto error = [&](const std::string& name) { return packs.load(name).errors().at(0); };
    CHECK(error("review").hint == "did you mean 'reviews'?");
    CHECK(error("something").code == "pack.not-found");
    CHECK(error(packs.path("nowhere")).message == "there is no pack in " + packs.path("nowhere"));
    CHECK(error("").code == "pack.not-found");
    CHECK(rulepack::load("x", {}, {}).errors().at(0).code == "pack.not-found");
}

TEST_CASE("a linter gets what is sound beside what is wrong") {
    const TemporaryPacks packs;
    packs.pack("p", "parameters:\n  unused: {value: 3}\n");
    packs.write("p/r.yaml", "rules:\n" + rule("good") + rule("bad id") + rule("twice") + rule("twice"));
    const auto inspection = rulepack::inspect(packs.path("p"), {}, {});
    REQUIRE(inspection.pack);
    CHECK(inspection.pack->pack.rules.size() == 2);
    CHECK(inspection.errors.size() == 3);
    CHECK(inspection.pack->dataset.id == "small");
}

TEST_CASE("packs are found in the order of the search path") {
    const TemporaryPacks packs;
    packs.write("near/reviews/pack.yaml", "id: reviews\nversion: 2\ntitle: Near\ndataset: small\n");
    packs.write("near/reviews/r.yaml", "rules:\n" + rule("one") + rule("two"));
    packs.write("far/reviews/pack.yaml", "id: reviews\nversion: 1\ntitle: Far\ndataset: small\n");
    packs.write("far/plans/pack.yaml", "id: plans\nversion: 1\ntitle: Plans\ndataset: small\n");
    packs.write("far/datasets/x.yaml", "no: pack\n");
    const auto found = rulepack::find_packs({{packs.path("near"), packs.path("far"), packs.path("nowhere")}});
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == "plans");
    CHECK(found[1].id == "reviews");
    CHECK(found[1].title == "Near");
    CHECK(found[1].version == "2");
    CHECK(found[1].dataset == "small");
    CHECK(found[1].rules == 2);
    CHECK(found[1].folder == packs.path("near/reviews"));
}
