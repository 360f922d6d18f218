// JUnit XML, as CI servers read it: a suite for each pack, a test case for each rule, a failure with its
// findings. There is no standard; this keeps to the elements and attributes that the schemas of Jenkins'
// xUnit plugin and of Apache Ant have in common.
#include <map>

#include "reports/renderer.h"
#include "reports/text.h"

namespace caseaudit::reports {
namespace {

using findings::Document;

// Whether its findings are no more than a threshold allows.
bool tolerated(const Document& document, const RuleOutcome& rule) {
    const auto* threshold = findings::threshold_of(rule, document.thresholds);
    return threshold != nullptr && !threshold->exceeded;
}

struct Suite {
    std::vector<std::size_t> rules;
    std::uint64_t failures = 0, errors = 0, skipped = 0;
};

std::map<std::string, Suite> suites_of(const Document& document) {
    std::map<std::string, Suite> suites;
    for (std::size_t i = 0; i < document.rules.size(); ++i) {
        const auto& rule = document.rules[i];
        auto& suite = suites[rule.pack];
        suite.rules.push_back(i);
        suite.skipped += rule.status == Status::skipped;
        suite.errors += rule.status == Status::failed;
        suite.failures +=
            rule.status == Status::ran && findings::counting(rule) != 0 && !tolerated(document, rule);
    }
    return suites;
}

// Those that are waived are no cause to fail.
std::string lines_of(const Document& document, const std::vector<std::size_t>& numbers) {
    std::string lines;
    for (const auto number : numbers) {
        const auto& finding = document.findings[number];
        if (finding.waiver) continue;
        if (!finding.records.empty())
            lines += fmt::format("{}:{}: ", finding.records[0].file, finding.records[0].line);
        lines += fmt::format("{} [{}]\n", finding.message, finding.id);
    }
    return lines;
}

void add_rule(std::string& out, const Document& document, const RuleOutcome& rule,
              const std::vector<std::size_t>& numbers) {
    out += fmt::format("    <testcase classname=\"{}.{}\" name=\"{}: {}\" time=\"0\"", xml(rule.pack),
                       xml(rule.module), xml(rule.rule), xml(rule.title));
    if (rule.status == Status::skipped) {
        out += fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n", xml(rule.reason));
    } else if (rule.status == Status::failed) {
        out +=
            fmt::format(">\n      <error message=\"{}\" type=\"rule failed\">{}</error>\n    </testcase>\n",
                        xml(rule.reason), xml(rule.reason + "\n" + lines_of(document, numbers)));
    } else if (findings::counting(rule) != 0 && tolerated(document, rule)) {
        out +=
            fmt::format(">\n      <system-out>{}. That many are allowed. {}</system-out>\n    </testcase>\n",
                        failures(rule), xml(lines_of(document, numbers)));
    } else if (findings::counting(rule) != 0) {
        out += fmt::format(">\n      <failure message=\"{}\" type=\"{}\">{}</failure>\n    </testcase>\n",
                           failures(rule), xml(rule.severity), xml(lines_of(document, numbers)));
    } else {
        out += "/>\n";
    }
}

// Rows that could not be read fail a suite of their own: an audit of half an extract is not a green one.
void add_rejected(std::string& out, const Document& document) {
    if (document.rejected.empty()) return;
    out += fmt::format(
        "  <testsuite name=\"extract\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n"
        "    <testcase classname=\"extract\" name=\"every record could be read\" time=\"0\">\n"
        "      <error message=\"{} rejected\" type=\"rejected\">",
        document.rejected.size());
    for (const auto& entry : document.rejected)
        out += xml(fmt::format("{}:{}: {}\n", entry.file, entry.line, entry.reason));
    out += "</error>\n    </testcase>\n  </testsuite>\n";
}

Result<Files> render(const Source& source) {
    const Document& document = source.document;
    std::vector<std::vector<std::size_t>> by_rule(document.rules.size());
    for (std::size_t i = 0; i < document.findings.size(); ++i)
        by_rule[document.findings[i].number].push_back(i);
    const auto suites = suites_of(document);
    Suite all;
    std::size_t tests = document.rules.size() + !document.rejected.empty();
    all.errors += !document.rejected.empty();
    for (const auto& [pack, suite] : suites) {
        all.failures += suite.failures;
        all.errors += suite.errors;
        all.skipped += suite.skipped;
    }
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"caseaudit\" tests=\"{}\" "
        "failures=\"{}\" errors=\"{}\" time=\"0\">\n",
        tests, all.failures, all.errors);
    for (const auto& [pack, suite] : suites) {
        out += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
            "time=\"0\">\n",
            xml(pack), suite.rules.size(), suite.failures, suite.errors, suite.skipped);
        for (const auto number : suite.rules)
            add_rule(out, document, document.rules[number], by_rule[number]);
        out += "  </testsuite>\n";
    }
    add_rejected(out, document);
    out += "</testsuites>\n";
    return Files{{"", std::move(out)}};
}

}  // namespace

extern const Renderer junit;
const Renderer junit = {"junit", "JUnit XML: a test case for each rule, for CI servers", false, render};

}  // namespace caseaudit::reports
