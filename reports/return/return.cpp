// The return as a whole, in Markdown: what must be fixed before it is sent, and what is to be checked and
// explained, module by module. A rule of severity critical or high is one whose findings the Department does
// not accept; one below is a query, which may be right as it stands.
#include <map>
#include <set>

#include "reports/markdown.h"
#include "reports/renderer.h"
#include "reports/text.h"

namespace caseaudit::reports {
namespace {

using findings::Document;

// Rules of one module, by their numbers in the document.
struct Module {
    std::vector<std::size_t> fix, check, not_judged;
    std::uint64_t to_fix = 0, to_check = 0, passed_rules = 0;
};

struct Return {
    std::vector<std::pair<std::string, Module>> modules;  // in the order of the packs
    std::vector<std::set<std::string_view>> cases;        // with findings, by rule
    std::set<std::string_view> cases_to_fix, cases_to_check;
};

bool must_fix(const RuleOutcome& rule) {
    return rank(rule.severity) <= 1;
}

Return sort(const Document& document) {
    Return sorted;
    sorted.cases.resize(document.rules.size());
    for (const auto& finding : document.findings) {
        sorted.cases[finding.number].insert(finding.case_key);
        (must_fix(document.rule_of(finding)) ? sorted.cases_to_fix : sorted.cases_to_check)
            .insert(finding.case_key);
    }
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < document.rules.size(); ++i) {
        const auto& rule = document.rules[i];
        const auto [at, added] = numbers.emplace(rule.module, sorted.modules.size());
        if (added) sorted.modules.push_back({rule.module, {}});
        Module& module = sorted.modules[at->second].second;
        if (rule.status != Status::ran) module.not_judged.push_back(i);  // what it found all the same stands
        if (rule.failed == 0) {
            module.passed_rules += rule.status == Status::ran;
        } else if (must_fix(rule)) {
            module.fix.push_back(i);
            module.to_fix += rule.failed;
        } else {
            module.check.push_back(i);
            module.to_check += rule.failed;
        }
    }
    return sorted;
}

// "care-leavers" as "Care leavers"; a short word is an abbreviation of the field: OC2, UASC.
std::string name_of(std::string_view module) {
    std::string name(module);
    if (name.size() <= 4)
        for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (char& c : name)
        if (c == '-' || c == '_') c = ' ';
    if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return name;
}

std::string counted(std::uint64_t number) {
    return number != 0 ? grouped(number) : "";
}

// Of a run with a baseline the document lists no findings that this knew, and so not the children of these.
std::string children(std::size_t listed, std::uint64_t known) {
    if (known == 0) return grouped(listed);
    return listed == 0 ? "not listed" : grouped(listed) + " or more";
}

// A waiver does not make the Department accept a record.
std::string findings_of(const RuleOutcome& rule) {
    return grouped(rule.failed) + (rule.waived != 0 ? fmt::format(" ({} waived)", grouped(rule.waived)) : "");
}

void add_standing(std::string& out, const Document& document) {
    std::uint64_t known = 0, waived = 0;
    for (const auto& rule : document.rules) {
        known += rule.known;
        waived += rule.waived;
    }
    if (document.run.baseline && known != 0)
        out += fmt::format(
            "\nOf these findings {} {} known since {} (the baseline): counted here, but not listed in the "
            "document, which does not tell their children.\n",
            grouped(known), known == 1 ? "was" : "were", document.run.baseline->as_at);
    if (waived != 0)
        out += fmt::format("\nOf these findings {} {} waived, and {} counted here all the same.\n",
                           grouped(waived), waived == 1 ? "is" : "are", waived == 1 ? "is" : "are");
}

std::uint64_t rows_of(const Document& document, std::string_view table) {
    std::uint64_t rows = 0;
    for (const auto& input : document.run.inputs)
        if (input.table == table && input.extract == "current") rows += input.rows;
    return rows;
}

void add_head(std::string& out, const Document& document, const Return& sorted) {
    std::vector<std::string> packs;
    for (const auto& pack : document.run.packs) packs.push_back(pack.id + " " + pack.version);
    std::uint64_t fix = 0, check = 0, not_judged = 0, records = 0, known_to_fix = 0, known_to_check = 0;
    for (const auto& rule : document.rules) (must_fix(rule) ? known_to_fix : known_to_check) += rule.known;
    for (const auto& [name, module] : sorted.modules) {
        fix += module.to_fix;
        check += module.to_check;
        not_judged += module.not_judged.size();
    }
    for (const auto& input : document.run.inputs)
        if (input.extract == "current") records += input.rows;
    out += fmt::format("# The return as at {}\n\nAudited with {}.\n\n", document.run.as_at,
                       markdown(fmt::format("{}", fmt::join(packs, ", "))));
    markdown_row(out, {"", "Number", "Children"});
    out += "| --- | ---: | ---: |\n";
    markdown_row(out, {"Must be fixed before submission", grouped(fix),
                       children(sorted.cases_to_fix.size(), known_to_fix)});
    markdown_row(out, {"To check and explain", grouped(check),
                       children(sorted.cases_to_check.size(), known_to_check)});
    markdown_row(out, {"Records of the return", grouped(records), counted(rows_of(document, "header"))});
    if (const auto episodes = rows_of(document, "episodes"); episodes != 0)
        markdown_row(out, {"Episodes", grouped(episodes), ""});
    markdown_row(out, {"Rows that could not be read", grouped(document.rejected.size()), ""});
    markdown_row(out, {"Rules that were not judged", grouped(not_judged), ""});
    add_standing(out, document);
    if (fix == 0 && document.rejected.empty() && not_judged == 0)
        out += "\nNothing stands in the way of submission.\n";
    else if (fix == 0)
        out += "\nNothing that was judged must be fixed; not everything was judged.\n";
}

void add_modules(std::string& out, const Return& sorted) {
    out += "\n## By module\n\n";
    markdown_row(
        out, {"Module", "Must be fixed", "To check", "Rules with findings", "Rules without", "Not judged"});
    out += "| --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& [name, module] : sorted.modules)
        markdown_row(out, {markdown(name_of(name)), grouped(module.to_fix), grouped(module.to_check),
                           grouped(module.fix.size() + module.check.size()), grouped(module.passed_rules),
                           grouped(module.not_judged.size())});
}

void add_rules(std::string& out, const Document& document, const Return& sorted, std::string_view heading,
               std::vector<std::size_t> Module::*list) {
    out += fmt::format("\n## {}\n", heading);
    bool any = false;
    for (const auto& [name, module] : sorted.modules) {
        if ((module.*list).empty()) continue;
        any = true;
        out += fmt::format("\n### {}\n\n", markdown(name_of(name)));
        markdown_row(out,
                     {"Rule", "What is wrong", "Findings", "Children", "Judged", "Undecided", "What to do"});
        out += "| --- | --- | ---: | ---: | ---: | ---: | --- |\n";
        for (const auto number : module.*list) {
            const auto& rule = document.rules[number];
            markdown_row(
                out, {markdown(rule.rule), markdown(rule.title), findings_of(rule),
                      children(sorted.cases[number].size(), rule.known), grouped(rule.passed + rule.failed),
                      grouped(rule.undecided), markdown(rule.remedy)});
        }
    }
    if (!any) out += "\nNothing.\n";
}

void add_not_judged(std::string& out, const Document& document) {
    std::map<std::string, std::vector<std::string>> by_reason;
    for (const auto& rule : document.rules)
        if (rule.status != Status::ran)
            by_reason[(rule.status == Status::failed ? "broke: " : "") + rule.reason].push_back(
                markdown(rule.rule));
    if (by_reason.empty()) return;
    out += "\n## Not judged\n\nThese rules passed nothing: what they ask is still open.\n\n";
    for (const auto& [reason, rules] : by_reason)
        out += fmt::format("- {}: {}\n", markdown(reason), fmt::join(rules, ", "));
}

Result<Files> render(const Source& source) {
    const auto& document = source.document;
    const Return sorted = sort(document);
    std::string out;
    add_head(out, document, sorted);
    add_modules(out, sorted);
    add_rules(out, document, sorted, "Must be fixed before submission", &Module::fix);
    add_rules(out, document, sorted, "To check and explain", &Module::check);
    add_not_judged(out, document);
    return Files{{"", std::move(out)}};
}

}  // namespace

extern const Renderer return_overview;
const Renderer return_overview = {
    "return", "The return as a whole, in Markdown: what to fix before it is sent, what to check, by module",
    false, render};

}  // namespace caseaudit::reports
