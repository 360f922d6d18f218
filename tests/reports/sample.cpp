#include "reports/sample.h"

#include <catch2/catch.hpp>

namespace caseaudit::tests {
namespace {

class Text : public findings::Output {
  public:
    bool write(std::string_view bytes) override {
        text += bytes;
        return true;
    }
    std::string text;
};

RuleOutcome rule(std::string id, std::string severity, Status status) {
    RuleOutcome rule;
    rule.pack = "iro";
    rule.rule = std::move(id);
    rule.title = "Title of " + rule.rule;
    rule.severity = std::move(severity);
    rule.dimension = "timeliness";
    rule.module = "reviews";
    rule.tags = {"reviews", "a-tag"};
    rule.remedy = "Do what is due.";
    rule.status = status;
    if (status != Status::ran) rule.reason = "the extract lacks table iro_plans";
    return rule;
}

Finding finding(std::string_view key, std::string message, std::string responsible, std::uint64_t line) {
    Finding finding;
    finding.rule = 0;
    finding.case_key = key;
    finding.place = line;
    finding.message = std::move(message);
    finding.responsible = std::move(responsible);
    finding.worker = key == "A" ? "W1" : "";
    finding.identity = std::to_string(line);
    finding.evidence = {{"due", "2026-02-28", false}, {"late", "3", true}};
    finding.records = {
        {Role::subject, false, "ssd_cla_reviews", "reviews.csv", line - 1, line, {{"review_id", "R1"}}},
        {Role::context, true, "ssd_cla_episodes", "episodes.csv", 7, 8, {{"start", "2025-01-31"}}}};
    return finding;
}

}  // namespace

std::string sample_json(findings::Form form) {
    findings::RunInfo run;
    run.tool_version = "0.1.0";
    run.as_at = "2026-03-31";
    run.as_at_source = "given";
    run.dataset = "iro";
    run.parameters = {{"first_review", "20"}};
    run.packs = {{"iro", "1.0.0", std::string(64, 'a'), "The IRO service's checks"}};
    run.inputs = {{"reviews", "current", "reviews.csv", std::string(64, 'b'), "UTF-8", 10, 1}};
    run.cases = 4;
    run.notes = {"a note"};
    std::vector<RuleOutcome> rules = {rule("late", "high", Status::ran), rule("good", "low", Status::ran),
                                      rule("lacking", "medium", Status::skipped),
                                      rule("broken", "medium", Status::failed)};
    rules[0].population = 10, rules[0].passed = 7, rules[0].failed = 2, rules[0].undecided = 1;
    rules[1].population = 10, rules[1].passed = 10;
    Text out;
    findings::DocumentWriter writer(form, out, run, rules, findings::Fingerprint(), ".");
    writer.add(0,
               {finding("A", "Due on 28 February 2026.", "Team East", 12),
                finding("=B", "=1+1 <script>alert(\"x\")</script> \x1b[31m ]]> \xE2\x80\xAE", "+Team", 13)});
    MeasureOutcome measure{"iro", "reviews-on-time", "Reviews on time", "reviews", "reg 33", "rate", "", {}};
    measure.groups = {{{{"month", "2026-02"}}, 3, 2, 1, 1.0, {}, {}}, {{}, 3, 2, 1, 1.0, {}, {}}};
    findings::Thresholds thresholds;
    thresholds.set_rule("iro", "good", {false, 3, 0, "count > 3"});
    REQUIRE(writer
                .finish(rules, {measure}, thresholds.judge(rules),
                        {{"current", "reviews.csv", 5, 4, 2, "too few columns"}})
                .empty());
    return out.text;
}

findings::Document sample() {
    auto document = findings::read_document(sample_json(), "sample.json");
    REQUIRE(document);
    return std::move(*document);
}

reports::Files render(std::string_view format, const findings::Document& document) {
    const auto renderer = reports::find_renderer(format);
    REQUIRE(renderer);
    auto files = (*renderer)->render({document, {}});
    REQUIRE(files);
    return std::move(*files);
}

std::string render_one(std::string_view format, const findings::Document& document) {
    auto files = render(format, document);
    REQUIRE(files.size() == 1);
    return std::move(files.front().bytes);
}

}  // namespace caseaudit::tests
