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
    made.case_known = !key.starts_with('?');
    made.place = made.case_known ? static_cast<std::uint64_t>(key[0]) : 1000;
    made.message = "a \"message\"";
    made.evidence = {{"late", "3", true}, {"due", "2024-05-01", false}};
    made.records = {{Role::subject, false, "OC3", "oc3.csv", 1, 2, {{"ACCOM", "X"}}}};
    return made;
}

std::string write(Form form, const std::vector<std::size_t>& order, std::size_t findings_each = 1) {
    Text text;
    RunInfo run;
    run.as_at = "2026-03-31";
    run.parameters = {{"a", "b"}};
    run.identifiers_shown = true;
    DocumentWriter writer(form, text, run, {rule("1"), rule("2")}, Fingerprint{}, "/tmp");
    const std::vector<std::string> keys = {"A", "B", "C", "D"};
    for (const auto batch : order)
        writer.add(batch, std::vector<Finding>(findings_each, finding(batch % 2, keys[batch])));
    CHECK(writer.finish({rule("1"), rule("2")}, {}, {}, {{"current", "x.csv", 7, 5, 0, "why"}}).empty());
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

TEST_CASE("timelines come after the escalations, when the document is to have them", "[findings]") {
    const Timeline life = {
        "A",
        {{"Stay", "Stays", "stays.csv", 1, 2, "2024-01-01", "2024-02-01", false, {{"place", "x"}}},
         {"Visit", "Visits", "visits.csv", 3, 4, "2024-01-02", "", true, {}}}};
    for (const bool wanted : {true, false}) {
        Text text;
        RunInfo run;
        run.as_at = "2026-03-31";
        run.timelines = wanted;
        DocumentWriter writer(Form::json, text, run, {rule("1")}, Fingerprint{}, "/tmp");
        writer.add(1, {finding(0, "B")}, {});
        writer.add(0, {finding(0, "A")}, wanted ? std::vector<Timeline>{life} : std::vector<Timeline>{});
        REQUIRE(writer.finish({rule("1")}, {}, {}, {}).empty());
        const auto document = json::parse(text.bytes);
        CHECK(document.contains("timelines") == wanted);
        if (!wanted) continue;
        REQUIRE(document["timelines"].size() == 1);
        CHECK(document["timelines"][0]["case"] == findings::Fingerprint().pseudonym("A"));
        CHECK(document["timelines"][0]["rows"][0] ==
              json::parse(
                  R"({"kind": "Stay", "table": "Stays", "extract": "current", "file": "stays.csv", "row": 1,
                              "line": 2, "date": "2024-01-01", "end": "2024-02-01", "fields": {"place": "x"}})"));
        CHECK(document["timelines"][0]["rows"][1]["open"] == true);
        CHECK(!document["timelines"][0]["rows"][1].contains("end"));
    }
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
    CHECK(writer.finish({rule("1")}, {}, {}, {}).size() == 1);
}

namespace {

// Rules "1" and "3" propose disputes by the protocol of pack p; rule "2" proposes none.
std::string write_proposals(Form form, const std::vector<std::size_t>& order) {
    EscalationPlan plan;
    plan.protocols = {{"p", {{"Team manager", 5}, {"Head of service", 5}}}};
    plan.rules = {EscalationPlan::Issue{0, "drift"}, std::nullopt, EscalationPlan::Issue{0, "health"}};
    const std::vector<RuleOutcome> rules = {rule("1"), rule("2"), rule("3")};
    const std::vector<std::vector<Finding>> batches = {
        {finding(0, "A"), finding(1, "A"), finding(2, "A"), finding(1, "B")},
        {finding(2, "C"), finding(0, "D"), finding(0, "?x.csv:7")}};
    Text text;
    RunInfo run;
    run.identifiers_shown = true;
    DocumentWriter writer(form, text, run, rules, Fingerprint{}, "/tmp", plan);
    for (const auto batch : order) writer.add(batch, batches[batch]);
    CHECK(writer.finish(rules, {}, {}, {}).empty());
    return text.bytes;
}

}  // namespace

TEST_CASE("findings of rules that propose are one escalation for each case", "[findings]") {
    const auto document = json::parse(write_proposals(Form::json, {0, 1}));
    const auto& proposed = document["proposed_escalations"];
    REQUIRE(proposed.size() == 3);
    CHECK(proposed[0]["case"] == "A");
    CHECK(proposed[0]["pack"] == "p");
    CHECK(proposed[0]["stage"] == 1);
    CHECK(proposed[0]["addressee"] == "Team manager");
    REQUIRE(proposed[0]["issues"].size() == 2);
    CHECK(proposed[0]["issues"][0]["finding"] == document["findings"][0]["id"]);
    CHECK(proposed[0]["issues"][0]["rule"] == "1");
    CHECK(proposed[0]["issues"][0]["category"] == "drift");
    CHECK(proposed[0]["issues"][1]["finding"] == document["findings"][2]["id"]);
    CHECK(proposed[0]["issues"][1]["category"] == "health");
    CHECK(proposed[1]["case"] == "C");
    CHECK(proposed[2]["case"] == "D");
    CHECK(write_proposals(Form::json, {1, 0}) == write_proposals(Form::json, {0, 1}));
}

TEST_CASE("batches that come by pieces, in turns, are written as if they came whole", "[findings]") {
    EscalationPlan plan;
    plan.protocols = {{"p", {{"Team manager", 5}, {"Head of service", 5}}}};
    plan.rules = {EscalationPlan::Issue{0, "drift"}, std::nullopt};
    const std::vector<RuleOutcome> rules = {rule("1"), rule("2")};
    const Timeline life = {"A", {{"Stay", "Stays", "stays.csv", 1, 2, "2024-01-01", "", false, {}}}};
    const std::vector<Finding> first = {finding(0, "A"), finding(0, "A"), finding(1, "A"), finding(0, "B")};
    const std::vector<Finding> second = {finding(0, "C"), finding(1, "C"), finding(0, "C")};
    for (const auto form : {Form::json, Form::ndjson}) {
        const auto written = [&](auto add) {
            Text text;
            RunInfo run;
            run.timelines = true;
            DocumentWriter writer(form, text, run, rules, Fingerprint{}, "/tmp", plan);
            add(writer);
            CHECK(writer.finish(rules, {}, {}, {}).empty());
            return text.bytes;
        };
        const auto whole = written([&](DocumentWriter& writer) {
            writer.add(0, first, {life});
            writer.add(1, second);
        });
        CHECK(whole == written([&](DocumentWriter& writer) {
                  writer.add(1, {second[0]}, {}, true);
                  writer.add(0, {first[0]}, {life}, true);
                  writer.add(1, {second[1]}, {}, true);
                  writer.add(0, {}, {}, true);
                  writer.add(0, {first[1], first[2], first[3]}, {}, false);
                  writer.add(1, {second[2]}, {}, false);
              }));
        CHECK(whole == written([&](DocumentWriter& writer) {
                  writer.add(0, {first[0], first[1]}, {}, true);
                  writer.add(1, {second[0], second[1]}, {}, true);
                  writer.add(1, {second[2]}, {}, false);
                  writer.add(0, {first[2], first[3]}, {life}, true);
                  writer.add(0, {}, {}, false);
              }));
    }
}

TEST_CASE("findings are written by place, in NDJSON as soon as none can come before them", "[findings]") {
    const auto cases = [](const std::string& bytes) {
        std::string told;
        std::istringstream lines(bytes);
        for (std::string line; std::getline(lines, line);) {
            const auto object = json::parse(line);
            if (object["type"] == "finding") told += object["case"].get<std::string>();
        }
        return told;
    };
    RunInfo run;
    run.identifiers_shown = true;
    Text text;
    DocumentWriter writer(Form::ndjson, text, run, {rule("1")}, Fingerprint{}, "/tmp");
    writer.add(2, {finding(0, "B"), finding(0, "F")});
    writer.add(0, {finding(0, "A"), finding(0, "G")});
    CHECK(cases(text.bytes).empty());
    writer.taken_before('C');
    CHECK(cases(text.bytes) == "AB");
    writer.add(1, {finding(0, "C"), finding(0, "D")});
    CHECK(cases(text.bytes) == "AB");
    writer.taken_before('G');
    CHECK(cases(text.bytes) == "ABCDF");
    REQUIRE(writer.finish({rule("1")}, {}, {}, {}).empty());
    CHECK(cases(text.bytes) == "ABCDFG");

    Text whole;
    DocumentWriter document(Form::json, whole, run, {rule("1")}, Fingerprint{}, "/tmp");
    document.add(1, {finding(0, "B"), finding(0, "D")});
    document.taken_before('C');
    document.add(0, {finding(0, "A"), finding(0, "C")});
    CHECK(whole.bytes.empty());
    REQUIRE(document.finish({rule("1")}, {}, {}, {}).empty());
    std::string told;
    const auto read = json::parse(whole.bytes);
    for (const auto& one : read["findings"]) told += one["case"].get<std::string>();
    CHECK(told == "ABCD");
}

TEST_CASE("without a protocol nothing is proposed", "[findings]") {
    CHECK(json::parse(write(Form::json, {0, 1}))["proposed_escalations"].empty());
}

TEST_CASE("the lines of NDJSON that propose come after all findings", "[findings]") {
    std::istringstream lines(write_proposals(Form::ndjson, {1, 0}));
    std::vector<std::string> told;
    for (std::string line; std::getline(lines, line);) {
        const auto object = json::parse(line);
        const std::string type = object["type"];
        if (type == "finding") told.push_back(object["case"]);
        if (type == "proposed_escalation") told.push_back("dispute " + object["case"].get<std::string>());
    }
    CHECK(told == std::vector<std::string>{"A", "A", "A", "B", "C", "D", "?x.csv:7", "dispute A", "dispute C",
                                           "dispute D"});
}

namespace {

// The stage and addressee proposed for a finding that has been open since then, on Monday 30 March 2026.
std::string proposed_stage(std::string_view open_since) {
    EscalationPlan plan;
    plan.as_at = calendar::day_number(2026, 3, 30);
    plan.protocols = {{"p", {{"Team manager", 5}, {"Service manager", 3}, {"Director", 10}}}};
    plan.rules = {EscalationPlan::Issue{0, "drift"}};
    std::string text;
    Escalations escalations(plan, Form::ndjson, text);
    escalations.add("A", 0, "1", "id", open_since);
    escalations.finish();
    const auto proposal = json::parse(text);
    return proposal["stage"].dump() + " " + proposal["addressee"].get<std::string>();
}

}  // namespace

TEST_CASE("a finding is proposed at the stage that its age in working days has reached", "[findings]") {
    CHECK(proposed_stage("") == "1 Team manager");
    CHECK(proposed_stage("2026-03-30") == "1 Team manager");
    CHECK(proposed_stage("2026-03-23") ==
          "1 Team manager");  // five working days: not longer than it may take
    CHECK(proposed_stage("2026-03-20") == "2 Service manager");
    CHECK(proposed_stage("2026-03-18") == "2 Service manager");  // eight
    CHECK(proposed_stage("2026-03-17") == "3 Director");
    CHECK(proposed_stage("2020-01-01") == "3 Director");  // there is no stage after the last
}
