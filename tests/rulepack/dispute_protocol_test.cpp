#include "rulepack/temporary_packs.h"

using namespace caseaudit;
using Codes = std::vector<std::string>;

namespace {

const std::string protocol =
    "parameters:\n  total: {value: 20}\n  days: {value: 5}\n"
    "dispute_protocol:\n  total: {working_days: $total}\n  stages:\n"
    "    - {name: Informal, addressee: Manager, working_days: $days}\n"
    "    - {name: Formal, addressee: Director of children's services, working_days: 15}\n"
    "  proposes: [one, two]\n  categories: {one: drift, two: health}\n";

void write_base(const TemporaryPacks& packs) {
    packs.pack("base", protocol);
    packs.write("base/rules.yaml", "rules:\n" + rule("one") + rule("two"));
}

std::string text_of(const rulepack::LoadedPack& loaded, const std::string& name) {
    return loaded.pack.named.at(name).text.text;
}

}  // namespace

TEST_CASE("a dispute protocol is read, and its stages have names in expressions") {
    const TemporaryPacks packs;
    write_base(packs);
    const auto loaded = packs.sound("base");
    REQUIRE(loaded.pack.dispute_protocol);
    const auto& read = *loaded.pack.dispute_protocol;
    REQUIRE(read.stages.size() == 2);
    CHECK(read.stages[0].name == "Informal");
    CHECK(read.stages[1].addressee == "Director of children's services");
    CHECK(read.proposed_by("one"));
    CHECK_FALSE(read.proposed_by("three"));
    CHECK(read.category_of("two") == "health");
    CHECK(read.category_of("three").empty());
    CHECK(text_of(loaded, "protocol_stages") == "2");
    CHECK(text_of(loaded, "protocol_total") == "$total");
    CHECK(text_of(loaded, "protocol_limit") == "stage == 1 ? $days : stage == 2 ? 15 : 1 / 0");
    CHECK(text_of(loaded, "protocol_addressee") ==
          "stage == 1 ? 'Manager' : stage == 2 ? 'Director of children\\'s services' : string(1 / 0)");
    CHECK(loaded.pack.named.at("protocol_stage_name").arguments == Codes{"stage"});
}

TEST_CASE("a pack without a protocol has none, and no names of one") {
    const TemporaryPacks packs;
    packs.pack("plain");
    packs.write("plain/rules.yaml", "rules:\n" + rule("one", "    assert: $protocol_total > 1\n"));
    CHECK(packs.codes("plain") == Codes{"pack.unknown-name"});
}

TEST_CASE("an heir inherits the protocol and changes it key by key") {
    const TemporaryPacks packs;
    write_base(packs);
    packs.write("same/pack.yaml", "id: same\nversion: 1.0.0\ntitle: Same\nextends: base\n");
    CHECK(packs.sound("same").pack.dispute_protocol->stages.size() == 2);
    packs.write("heir/pack.yaml",
                "id: heir\nversion: 1.0.0\ntitle: Heir\nextends: base\ndispute_protocol:\n  stages:\n"
                "    - {name: Level 1, addressee: Lead, working_days: 3}\n"
                "  categories: {three: education}\n");
    packs.write("heir/rules.yaml", "rules:\n" + rule("three"));
    const auto loaded = packs.sound("heir");
    const auto& protocol = *loaded.pack.dispute_protocol;
    REQUIRE(protocol.stages.size() == 1);
    CHECK(protocol.stages[0].addressee == "Lead");
    CHECK(protocol.total->text == "$total");
    CHECK(protocol.proposes.size() == 2);
    CHECK(protocol.category_of("one") == "drift");
    CHECK(protocol.category_of("three") == "education");
    CHECK(text_of(loaded, "protocol_limit") == "stage == 1 ? 3 : 1 / 0");
}

TEST_CASE("what an heir proposes takes the place of what is inherited") {
    const TemporaryPacks packs;
    write_base(packs);
    packs.write("heir/pack.yaml",
                "id: heir\nversion: 1.0.0\ntitle: Heir\nextends: base\ndispute_protocol:\n  proposes: two\n");
    const auto loaded = packs.sound("heir");
    CHECK_FALSE(loaded.pack.dispute_protocol->proposed_by("one"));
    CHECK(loaded.pack.dispute_protocol->proposed_by("two"));
}

TEST_CASE("stages may take as long together as the dispute, and not a day more") {
    const TemporaryPacks packs;
    const auto with = [&](const std::string& days) {
        packs.pack("p",
                   "dispute_protocol:\n  total: {working_days: 20}\n  stages:\n"
                   "    - {name: A, addressee: B, working_days: 15}\n"
                   "    - {name: C, addressee: D, working_days: " +
                       days + "}\n");
        packs.write("p/rules.yaml", "rules:\n" + rule("one"));
        return packs.codes("p");
    };
    CHECK(with("5") == Codes{});
    CHECK(with("6") == Codes{"pack.bad-value"});
}
