#include "findings/read.h"

#include <catch2/catch.hpp>

#include "reports/sample.h"

using namespace caseaudit;
using findings::Document;
using findings::Form;

namespace {

void check_sample(const Document& document) {
    CHECK(document.run.as_at == "2026-03-31");
    CHECK(document.run.packs.at(0).title == "The IRO service's checks");
    CHECK(document.run.parameters.at("first_review") == "20");
    CHECK(document.run.inputs.at(0).rejected == 1);
    CHECK(document.run.cases == 4);
    REQUIRE(document.rules.size() == 4);
    CHECK(document.rules[0].tags == std::vector<std::string>{"reviews", "a-tag"});
    CHECK(document.rules[2].status == Status::skipped);
    CHECK(document.rules[3].reason == "the extract lacks table iro_plans");
    REQUIRE(document.findings.size() == 2);
    CHECK(document.findings[0].worker == "W1");
    CHECK(document.findings[0].team.empty());
    const auto& finding = document.findings[1];
    CHECK(finding.message.find("<script>") != std::string::npos);
    CHECK(document.rule_of(finding).rule == "late");
    CHECK(finding.evidence_of("due") == "2026-02-28");
    CHECK(finding.evidence_of("late") == "3");
    CHECK(finding.evidence_of("none").empty());
    REQUIRE(finding.records.size() == 2);
    CHECK(finding.records[1].prior);
    CHECK(finding.records[1].role == Role::context);
    CHECK(finding.records[0].fields.at(0) == std::pair<std::string, std::string>("review_id", "R1"));
    REQUIRE(document.measures.size() == 1);
    CHECK(document.measures[0].groups[0].rate == 1.0);
    CHECK(!document.measures[0].groups[0].value);
    CHECK(document.rejected.at(0).column == 2);
    REQUIRE(document.thresholds.size() == 1);
    CHECK(document.thresholds[0].rule == "good");
    CHECK(document.thresholds[0].fail_if.text == "count > 3");
    CHECK(document.thresholds[0].judged == 10);
    CHECK_FALSE(document.thresholds[0].exceeded);
}

std::string error_of(const std::string& text) {
    const auto document = findings::read_document(text, "x.json");
    REQUIRE_FALSE(document);
    REQUIRE(document.errors().size() == 1);
    CHECK(document.errors()[0].place.file == "x.json");
    return document.errors()[0].message;
}

}  // namespace

TEST_CASE("a document is read back as it was written, in both forms") {
    check_sample(*findings::read_document(tests::sample_json(), "x"));
    check_sample(*findings::read_document(tests::sample_json(Form::ndjson), "x"));
}

TEST_CASE("keys that are not known are passed over") {
    auto text = tests::sample_json();
    text.insert(text.find("\"as_at\""), "\"later\":{\"deep\":[1,{\"x\":null}]},");
    check_sample(*findings::read_document(text, "x"));
}

TEST_CASE("what is no findings document is refused with the reason") {
    CHECK(error_of("{\"format\":\"caseaudit.findings/2\"}") == "this is no findings document of version 1");
    CHECK(error_of("{}") == "this is no findings document of version 1");
    CHECK(error_of("").starts_with("this is no findings document"));
    CHECK(error_of("PN1,Smith").find("Smith") == std::string::npos);
    auto text = tests::sample_json();
    CHECK(error_of(text.substr(0, text.size() / 2)).starts_with("this is no findings document"));
    text.replace(text.find("\"rule\":\"late\""), 13, "\"rule\":\"lost\"");
    CHECK(error_of(text) == "a finding is of a rule that the document does not list");
}

TEST_CASE("an NDJSON document that was cut off is refused") {
    const auto text = tests::sample_json(Form::ndjson);
    for (const auto length : {text.size() - 2, text.size() - 15, text.size() / 2})
        CHECK(error_of(text.substr(0, length)).find("cut off") != std::string::npos);
}
