#include "rulepack/temporary_packs.h"

using namespace caseaudit;
using expression::Kind;
using rulepack::LoadOptions;

namespace {

using Codes = std::vector<std::string>;

std::string with_parameters() {
    return "parameters:\n  days: {value: 3, unit: days}\n  share: {value: 0.5}\n  from: {value: 2024-04-01}\n"
           "  strict: {value: false}\n  team: {value: North}\n"
           "expressions:\n  used: $days > 1 && $share > 0.1 && held > $from && $strict && $team == 'a'\n";
}

}  // namespace

TEST_CASE("--set replaces values by the parameter's type") {
    const TemporaryPacks packs;
    packs.pack("p", with_parameters());
    LoadOptions options;
    options.set = {{"days", "5"}, {"share", "1"}, {"from", "2025-04-01"}, {"strict", "true"}, {"team", "7"}};
    const auto loaded = packs.sound("p", options);
    const auto& parameters = loaded.pack.parameters;
    CHECK(parameters.at("days").value.integer == 5);
    CHECK(parameters.at("days").unit == "days");
    CHECK(parameters.at("share").value.kind == Kind::decimal);
    CHECK(parameters.at("share").value.decimal == 1);
    CHECK(parameters.at("from").value.date == calendar::day_number(2025, 4, 1));
    CHECK(parameters.at("strict").value.boolean);
    CHECK(parameters.at("team").value.text == "7");
}

TEST_CASE("every wrong --set is said") {
    const TemporaryPacks packs;
    packs.pack("p", with_parameters());
    LoadOptions options;
    options.set = {{"days", "many"}, {"dayz", "5"}, {"used", "1"}};
    CHECK(packs.codes("p", options) ==
          Codes{"pack.bad-setting", "pack.unknown-parameter", "pack.unknown-parameter"});
}

TEST_CASE("a setting for several packs must be known to one of them") {
    const TemporaryPacks packs;
    packs.pack("p", with_parameters());
    packs.pack("q", "parameters:\n  days: {value: 9}\nexpressions:\n  used: $days > 1\n");
    auto p = packs.sound("p"), q = packs.sound("q");
    CHECK(rulepack::set_parameters({&p.pack, &q.pack}, {{"days", "4"}, {"team", "South"}}).empty());
    CHECK(p.pack.parameters.at("days").value.integer == 4);
    CHECK(q.pack.parameters.at("days").value.integer == 4);
    CHECK(p.pack.parameters.at("team").value.text == "South");
    const auto errors = rulepack::set_parameters({&p.pack, &q.pack}, {{"teem", "South"}});
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].hint == "did you mean 'team'?");
}

TEST_CASE("the environment holds what expressions can name") {
    const TemporaryPacks packs;
    packs.pack("p", with_parameters() + "  \"later(a)\": a > $from\nlists:\n  codes: [PN0]\n");
    const auto loaded = packs.sound("p");
    const auto environment = rulepack::environment(loaded, 100);
    CHECK(environment.as_at == 100);
    CHECK(environment.parameters.at("days").integer == 3);
    CHECK(environment.lists.at("codes")[0].text == "PN0");
    CHECK(environment.named.at("later").arguments == std::vector<std::string>{"a"});
    CHECK_FALSE(environment.collection_start);
    CHECK_FALSE(environment.working_days.is_working(calendar::day_number(2024, 5, 6)));
}

TEST_CASE("the collection's days are the parameters'") {
    const TemporaryPacks packs;
    packs.pack(
        "p", "parameters:\n  collection_start: {value: 2025-04-01}\n  collection_end: {value: 2026-03-31}\n");
    LoadOptions options;
    options.set = {{"collection_end", "2025-09-30"}};
    const auto environment = rulepack::environment(packs.sound("p", options), 0);
    CHECK(environment.collection_start == calendar::day_number(2025, 4, 1));
    CHECK(environment.collection_end == calendar::day_number(2025, 9, 30));
}

TEST_CASE("a collection is never more than a year") {
    const TemporaryPacks packs;
    packs.pack(
        "p", "parameters:\n  collection_start: {value: 2025-04-01}\n  collection_end: {value: 2026-03-31}\n");
    const auto days = [&](std::map<std::string, std::string> set) {
        LoadOptions options;
        options.set = std::move(set);
        const auto environment = rulepack::environment(packs.sound("p", options), 0);
        return std::pair(*environment.collection_start, *environment.collection_end);
    };
    using calendar::day_number;
    CHECK(days({{"collection_end", "2027-03-31"}}) ==
          std::pair(day_number(2026, 4, 1), day_number(2027, 3, 31)));
    CHECK(days({{"collection_end", "2021-03-31"}}) ==
          std::pair(day_number(2020, 4, 1), day_number(2021, 3, 31)));
    CHECK(days({{"collection_start", "2019-04-01"}}) ==
          std::pair(day_number(2019, 4, 1), day_number(2020, 3, 31)));
    CHECK(days({{"collection_start", "2019-04-01"}, {"collection_end", "2026-03-31"}}) ==
          std::pair(day_number(2019, 4, 1), day_number(2026, 3, 31)));
}
