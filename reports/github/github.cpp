// Workflow commands of GitHub Actions, which show as annotations. A step shows ten errors, ten warnings and
// ten notices at most, so that there is one for each rule, the gravest first, and not one for each finding.
#include <algorithm>

#include "reports/renderer.h"
#include "reports/text.h"

namespace caseaudit::reports {
namespace {

// What would end the message or begin another command; GitHub's own toolkit escapes the same.
std::string message(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%')
            out += "%25";
        else if (c == '\r')
            out += "%0D";
        else if (c == '\n')
            out += "%0A";
        else
            out += c;
    }
    return out;
}

std::string property(std::string_view text) {
    std::string out;
    for (const char c : message(visible(text))) {
        if (c == ':')
            out += "%3A";
        else if (c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out;
}

struct Annotation {
    int order = 0;
    std::string text;
};

std::string_view command(int order) {
    return order <= 1 ? "error" : order == 2 ? "warning" : "notice";
}

// `allowed`: no more findings than a threshold allows, which is worth a notice.
Annotation about(const RuleOutcome& rule, const findings::ReadFinding& first, bool allowed) {
    const int order = allowed ? 5 : rank(rule.severity);
    std::string place;
    if (!first.records.empty())
        place = fmt::format("file={},line={},", property(first.records[0].file), first.records[0].line);
    // Not its message: a log is no place for a child's dates and codes.
    const auto text = fmt::format("{}. The first is finding {}", failures(rule), first.id.substr(0, 8));
    return {order, fmt::format("::{} {}title={}::{}\n", command(order), place,
                               property(rule.rule + " " + rule.title), message(text))};
}

bool allowed(const findings::Document& document, const RuleOutcome& rule) {
    const auto* threshold = findings::threshold_of(rule, document.thresholds);
    return threshold != nullptr && !threshold->exceeded;
}

Result<Files> render(const Source& source) {
    const auto& document = source.document;
    std::vector<const findings::ReadFinding*> first(document.rules.size());
    for (const auto& finding : document.findings)
        if (!finding.waiver && first[finding.number] == nullptr) first[finding.number] = &finding;
    std::vector<Annotation> annotations;
    for (std::size_t i = 0; i < document.rules.size(); ++i) {
        const auto& rule = document.rules[i];
        if (rule.status == Status::failed)
            annotations.push_back({-1, fmt::format("::error title={}::{}\n", property(rule.rule + " failed"),
                                                   message(visible(rule.reason)))});
        if (first[i] != nullptr) annotations.push_back(about(rule, *first[i], allowed(document, rule)));
    }
    if (!document.rejected.empty()) {
        const auto& entry = document.rejected.front();
        annotations.push_back(
            {-1, fmt::format("::error file={},line={},title=Not read::{} rejected. The first: {}\n",
                             property(entry.file), std::max<std::uint64_t>(entry.line, 1),
                             grouped(document.rejected.size()), message(visible(entry.reason)))});
    }
    std::stable_sort(annotations.begin(), annotations.end(),
                     [](const auto& a, const auto& b) { return a.order < b.order; });
    std::string out;
    for (const auto& annotation : annotations) out += annotation.text;
    return Files{{"", std::move(out)}};
}

}  // namespace

extern const Renderer github;
const Renderer github = {"github", "Annotations of GitHub Actions: one for each rule with findings", false,
                         render};

}  // namespace caseaudit::reports
