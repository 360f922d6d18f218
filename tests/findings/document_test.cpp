#include "findings/document.h"

#include <nlohmann/json.hpp>
#include <thread>

using namespace caseaudit;
using namespace caseaudit::findings;
using nlohmann::json;

namespace {

struct Text : Output {
    std::string bytes;
    std::size_t room = std::string::npos;
    bool write(std::string_view more) override {
        if (bytes.size() + more.size() > room) return false;
        bytes += more;
        return true;
    }
};

RuleOutcome rule(std::string id) {
    RuleOutcome outcome;
    outcome.pack = "p";
    outcome.rule = std::move(id);
    outcome.title = "t";
    outcome.severity = "high";
    outcome.dimension = "validity";
    return outcome;
}

Finding finding(std::uint32_t number, std::string_view key) {
    Finding made;
    made.rule = number;
    made.case_key = key;
    made.message = "a \"message\"";
    made.evidence = {{"late", "3", true}, {"due", "2024-05-01", false}};
    made.records = {{Role::subject, false, "OC3", "oc3.csv", 1, 2, {{"ACCOM", "X"}}}};
    return made;
}

std::string write(Form form, const std::vector<std::size_t>& order, std::size_t findings_each = 1) {
    Text text;
    DocumentWriter writer(form, text, {"0", "2026-03-31", "given", "d", {{"a", "b"}}, {}, {}, {}, {}, false},
                          {rule("1"), rule("2")}, Fingerprint{}, "/tmp");
    const std::vector<std::string> keys = {"A", "B", "C", "D"};
    for (const auto batch : order)
        writer.add(batch, std::vector<Finding>(findings_each, finding(batch % 2, keys[batch])));
    CHECK(writer.finish({rule("1"), rule("2")}, {}, {{"current", "x.csv", 7, 5, 0, "why"}}).empty());
    return text.bytes;
}

}  // namespace

TEST_CASE("the order in which batches come does not show", "[findings]") {
    for (const auto form : {Form::json, Form::ndjson}) {
        const auto in_order = write(form, {0, 1, 2, 3});
        CHECK(in_order == write(form, {3, 2, 1, 0}));
        CHECK(in_order == write(form, {1, 0, 3, 2}));
    }
}

TEST_CASE("the JSON document holds what was given, in order", "[findings]") {
    const auto document = json::parse(write(Form::json, {0, 1, 2, 3}));
    CHECK(document["format"] == "caseaudit.findings/1");
    REQUIRE(document["findings"].size() == 4);
    CHECK(document["findings"][0]["case"] == "A");
    CHECK(document["findings"][3]["case"] == "D");
    CHECK(document["findings"][1]["rule"] == "2");
    CHECK(document["findings"][0]["evidence"]["late"] == 3);
    CHECK(document["findings"][0]["evidence"]["due"] == "2024-05-01");
    CHECK(document["findings"][0]["records"][0]["fields"]["ACCOM"] == "X");
    CHECK(document["rules"][0]["reason"].is_null());
    CHECK(document["rejected"][0]["line"] == 7);
}

TEST_CASE("no findings make an empty list", "[findings]") {
    const auto document = json::parse(write(Form::json, {}));
    CHECK(document["findings"].empty());
}

TEST_CASE("every line of NDJSON is an object of its own", "[findings]") {
    std::istringstream lines(write(Form::ndjson, {0, 1, 2, 3}));
    std::vector<std::string> types;
    for (std::string line; std::getline(lines, line);) types.push_back(json::parse(line)["type"]);
    CHECK(types == std::vector<std::string>{"run", "finding", "finding", "finding", "finding", "rule", "rule",
                                            "rejected", "end"});
}

TEST_CASE("more findings than are kept in memory come out the same", "[findings]") {
    // Each finding is some 300 bytes: 4 x 80,000 of them pass the limit.
    const auto document = json::parse(write(Form::json, {2, 0, 1, 3}, 80'000));
    REQUIRE(document["findings"].size() == 320'000);
    CHECK(document["findings"][0]["case"] == "A");
    CHECK(document["findings"][319'999]["case"] == "D");
}

TEST_CASE("an output that refuses bytes is an error, not a shorter document", "[findings]") {
    Text text;
    text.room = 100;
    DocumentWriter writer(Form::json, text, {}, {rule("1")}, Fingerprint{}, "/tmp");
    writer.add(0, {finding(0, "A")});
    CHECK(writer.finish({rule("1")}, {}, {}).size() == 1);
}
