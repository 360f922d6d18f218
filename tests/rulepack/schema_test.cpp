#include <cstdlib>
#include <nlohmann/json.hpp>

#include "rulepack/grammar.h"
#include "rulepack/temporary_packs.h"

using namespace caseaudit;
using nlohmann::json;
using rulepack::Key;

TEST_CASE("the schema names every key of every map, with what it is for") {
    const json schema = json::parse(rulepack::json_schema());
    CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    const auto check = [&](const std::string& name, std::span<const Key> keys) {
        const json& definition = schema["$defs"][name];
        CHECK(definition["additionalProperties"] == false);
        CHECK(definition["properties"].size() == keys.size());
        for (const Key& key : keys) {
            INFO(name << " " << key.name);
            const json& property = definition["properties"][std::string(key.name)];
            CHECK(property["description"] == key.description);
            const json required = definition.value("required", json::array());
            CHECK((std::find(required.begin(), required.end(), std::string(key.name)) != required.end()) ==
                  key.required);
        }
    };
    check("pack", rulepack::pack_keys());
    check("rule", rulepack::rule_keys());
    check("responsible", rulepack::responsible_keys());
    check("override", rulepack::override_keys());
    check("parameter", rulepack::parameter_keys());
    check("period", rulepack::period_keys());
    check("plugin", rulepack::plugin_keys());
    check("plugin_limits", rulepack::plugin_limit_keys());
    check("dispute_protocol", rulepack::dispute_protocol_keys());
    check("dispute_total", rulepack::dispute_total_keys());
    check("dispute_stage", rulepack::dispute_stage_keys());
    check("example", rulepack::example_keys());
}

TEST_CASE("every reference of the schema leads somewhere") {
    const json schema = json::parse(rulepack::json_schema());
    const json flat = schema.flatten();
    for (const auto& [pointer, value] : flat.items()) {
        if (!pointer.ends_with("/$ref")) continue;
        INFO(pointer);
        CHECK(schema.contains(json::json_pointer(value.get<std::string>().substr(1))));
    }
}

// The loader's keys are asked for one by one in code: each key of the grammar must be one that it knows.
TEST_CASE("the loader knows each key that the schema has") {
    const TemporaryPacks packs;
    const auto unknown_keys = [&](const std::string& id) {
        rulepack::LoadOptions options;
        options.examples = true;
        int unknown = 0;
        for (const std::string& code : packs.codes(id, options)) unknown += code == "pack.unknown-key";
        return unknown;
    };
    const auto all = [](std::span<const Key> keys, const std::string& indent) {
        std::string text;
        for (const Key& key : keys) text += fmt::format("{}{}: x\n", indent, key.name);
        return text;
    };
    packs.write("p/pack.yaml", all(rulepack::pack_keys(), ""));
    CHECK(unknown_keys("p") == 0);
    packs.write("q/pack.yaml", "id: q\nversion: 1\ntitle: T\ndataset: small\nparameters:\n  n:\n" +
                                   all(rulepack::parameter_keys(), "    ") + "overrides:\n  r:\n" +
                                   all(rulepack::override_keys(), "    ") + "effective:\n" +
                                   all(rulepack::period_keys(), "  "));
    packs.write("q/r.yaml", "rules:\n  -\n" + all(rulepack::rule_keys(), "    ") +
                                "  -\n    id: e\n    examples:\n      -\n" +
                                all(rulepack::example_keys(), "        "));
    // `with` beside `assert` is refused by name: the one key of the grammar that another rules out.
    CHECK(unknown_keys("q") == 0);
}

TEST_CASE("shipped packs are valid by the schema") {
    const TemporaryPacks packs;
    packs.write("schema.json", rulepack::json_schema());
    const std::string command = fmt::format("python3 {0}/tests/rulepack/validate_schema.py {1} {0}/rules",
                                            CASEAUDIT_SOURCE_DIR, packs.path("schema.json"));
    const int status = std::system(command.c_str());
    if (status != 0 && WEXITSTATUS(status) == 77) {
        WARN("skipped: python3 with yaml and jsonschema is not installed");
        return;
    }
    CHECK(status == 0);
}
