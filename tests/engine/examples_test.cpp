#include "engine/examples.h"

#include "engine/audit.h"

using namespace caseaudit;
using Lines = std::vector<std::string>;

namespace {

// What the examples beside one rule come to: "number: expected, found", and errors as "code fragment".
Lines failures(const std::string& body, const std::string& examples, const std::string& pack = "") {
    const std::string all = body + "\nexamples:\n" + examples;
    Audit audit("rules:\n" + rule("r", all), pack);
    const auto report = engine::run_examples(audit.pack(), audit.registry(), {});
    Lines lines;
    for (const auto& failure : report.failures)
        lines.push_back(fmt::format("{}: {}, {}", failure.number, failure.expected, failure.found));
    for (const auto& error : report.errors) lines.push_back(fmt::format("{} {}", error.code, error.fragment));
    return lines;
}

const std::string ended = "for_each: stays\nassert: ended >= began";
const std::string wrong_way = "{child: A, began: 2024-02-01, ended: 2024-01-01}";

}  // namespace

TEST_CASE("an example holds when its rule finds the cases it names and no others") {
    CHECK(failures(ended, "  - given: {stays: [" + wrong_way +
                              ", {child: B, began: 2024-01-01, ended: 2024-01-01}]}\n"
                              "    finds: [A]") == Lines{});
    CHECK(failures(ended, "  - given: {stays: [" + wrong_way + "]}\n    finds: []") ==
          Lines{"1: finds nothing, found A"});
    CHECK(failures(
              ended,
              "  - given: {stays: [" + wrong_way +
                  "]}\n    finds: [A]\n"
                  "  - given: {stays: [{child: A, began: 2024-01-01, ended: 2024-02-01}]}\n    finds: [A]") ==
          Lines{"2: finds A, found nothing"});
}

TEST_CASE("an example may name rows, and the cases that cannot be judged") {
    const std::string given = "  - given: {stays: [{child: A, began: 2024-01-01}, " + wrong_way + "]}\n";
    CHECK(failures(ended, given + "    finds: [\"stays:2\"]") == Lines{});
    CHECK(failures(ended, given + "    finds: [\"stays:1\"]") == Lines{"1: finds stays:1, found stays:2"});
    CHECK(failures(ended, given + "    finds: [A]\n    undecided: [A]") == Lines{});
    CHECK(failures(ended, given + "    finds: [A]\n    undecided: []") ==
          Lines{"1: undecided nothing, undecided A"});
}

TEST_CASE("an example that finds nothing because nothing could be judged is told, unless it says so") {
    const auto unjudged = [](const std::string& example) {
        Audit audit("rules:\n" + rule("r", ended + "\nexamples:\n  - " + example));
        const auto report = engine::run_examples(audit.pack(), audit.registry(), {});
        REQUIRE(report.failures.empty());
        REQUIRE(report.errors.empty());
        return report.unjudged.size();
    };
    const std::string blank = "{child: A, began: 2024-01-01}",
                      right = "{child: B, began: 2024-01-01, ended: 2024-01-01}";
    CHECK(unjudged("{given: {stays: [" + blank + "]}, finds: []}") == 1);
    CHECK(unjudged("{given: {stays: [" + blank + "]}, finds: [], undecided: [A]}") == 0);
    CHECK(unjudged("{given: {stays: [" + blank + ", " + right + "]}, finds: []}") == 0);
    CHECK(unjudged("{given: {stays: [" + blank + ", " + wrong_way + "]}, finds: [A]}") == 0);
    CHECK(unjudged("{given: {stays: []}, finds: []}") == 0);
}

TEST_CASE("tables that an example does not mention are there and empty; prior and reference ones are not") {
    CHECK(failures("for_each: stays\nassert: visits.exists()",
                   "  - given: {stays: [{child: A, began: 2024-01-01}]}\n    finds: [A]") == Lines{});
    const std::string year = "for_each: stays\nassert: prior.stays.exists()";
    CHECK(failures(year, "  - given: {stays: [{child: A, began: 2024-01-01}]}\n    finds: [A]") ==
          Lines{"1: finds A, the rule was not run: the extract lacks table Stays of the prior extract"});
    CHECK(failures(year,
                   "  - given: {stays: [{child: A, began: 2024-01-01}, {child: B, began: 2024-01-01}]}\n"
                   "    prior: {stays: [{child: B, began: 2023-01-01}]}\n    finds: [A]") == Lines{});
}

TEST_CASE("a table that the rule can do without is absent from an example that does not mention it") {
    const std::string body = "for_each: stays\noptional: [visits]\nassert: supplied(visits)";
    const std::string stay = "stays: [{child: A, began: 2024-01-01}]";
    CHECK(failures(body, "  - given: {" + stay + "}\n    finds: [A]") == Lines{});
    CHECK(failures(body, "  - given: {" + stay + ", visits: []}\n    finds: []") == Lines{});
}

TEST_CASE("an example has its own day and its own parameters") {
    const std::string body = "for_each: stays\nassert: days_between(began, as_at) <= $longest";
    const std::string pack = "parameters: {longest: {value: 10, unit: days}}\n";
    const std::string given = "  - given: {stays: [{child: A, began: 2024-01-01}]}\n";
    CHECK(failures(body, given + "    as_at: 2024-01-11\n    finds: []", pack) == Lines{});
    CHECK(failures(body, given + "    as_at: 2024-01-12\n    finds: [A]", pack) == Lines{});
    CHECK(failures(body, given + "    as_at: 2024-01-12\n    set: {longest: 11}\n    finds: []", pack) ==
          Lines{});
}

TEST_CASE("rules with and without examples are counted, and single ones can be asked for") {
    Audit audit("rules:\n" +
                rule("with", ended + "\nexamples:\n  - given: {stays: [" + wrong_way + "]}\n    finds: [A]") +
                rule("without", ended));
    const auto report = engine::run_examples(audit.pack(), audit.registry(), {});
    CHECK(report.examples == 1);
    CHECK(report.rules_with == 1);
    CHECK(report.rules_without == 1);
    CHECK(report.failures.empty());
    CHECK(engine::run_examples(audit.pack(), audit.registry(), {"without"}).examples == 0);
}
