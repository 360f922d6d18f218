#include "rulepack/documentation.h"

#include <fmt/format.h>

#include <filesystem>

#include "rulepack/markdown.h"
#include "rulepack/measure_page.h"
#include "rulepack/rule_page.h"

namespace caseaudit::rulepack {
namespace {

std::string facts(const LoadedPack& loaded) {
    const Pack& pack = loaded.pack;
    std::vector<std::vector<std::string>> rows = {
        {"Pack", markdown::code(pack.id) + " " + pack.version},
        {"Dataset",
         fmt::format("{} ({})", markdown::code(loaded.dataset.id), markdown::prose(loaded.dataset.title))}};
    const auto add = [&](std::string what, std::string value) {
        if (!value.empty()) rows.push_back({std::move(what), std::move(value)});
    };
    add("Calendar", markdown::code(pack.calendar));
    add("Extends", markdown::list(pack.extends));
    add("In force", in_force_text(pack.effective_from, pack.effective_to));
    rows.push_back({"Rules", std::to_string(pack.rules.size())});
    if (!pack.measures.empty()) rows.push_back({"Measures", std::to_string(pack.measures.size())});
    return markdown::table({"", ""}, rows);
}

std::string file_of(const Rule& rule) {
    return std::filesystem::path(rule.place.file).stem().string();
}

// A table for each file: rules of one file stand together, in the order of the pack.
std::string rules_of(const Pack& pack) {
    std::string out;
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < pack.rules.size(); ++i) {
        const Rule& rule = pack.rules[i];
        rows.push_back({fmt::format("[{}]({}/{}.md)", rule.id, pack.id, rule.id),
                        markdown::prose(rule.title) + (rule.disabled ? " (disabled)" : ""),
                        std::string(name(rule.severity)), std::string(name(rule.dimension))});
        const bool last = i + 1 == pack.rules.size() || pack.rules[i + 1].place.file != rule.place.file;
        if (!last) continue;
        out += fmt::format("### {}\n\n", markdown::heading_of(file_of(rule)));
        out += markdown::table({"Rule", "What it finds", "Severity", "Dimension"}, rows);
        rows.clear();
    }
    return out.empty() ? "" : "## Rules\n\n" + out;
}

std::string parameters_of(const Pack& pack) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, parameter] : pack.parameters) rows.push_back(parameter_row(parameter));
    return rows.empty() ? "" : "## Parameters\n\n" + markdown::table(parameter_headings, rows);
}

std::string lists_of(const Pack& pack) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, values] : pack.lists) rows.push_back(list_row(name, values));
    return rows.empty() ? "" : "## Lists\n\n" + markdown::table({"List", "Values"}, rows);
}

std::string overview(const LoadedPack& loaded) {
    const Pack& pack = loaded.pack;
    std::string out = generated_line(pack.id);
    out += fmt::format("# {}\n\n", markdown::prose(pack.title));
    if (!pack.description.empty()) out += markdown::prose(pack.description) + "\n\n";
    out += facts(loaded) + rules_of(pack) + parameters_of(pack) + lists_of(pack) + measures_of(pack);
    while (out.ends_with("\n\n")) out.pop_back();
    return out;
}

}  // namespace

std::string generated_line(const std::string& pack) {
    return fmt::format(
        "<!-- Made by `caseaudit docs {}` from the pack: change the pack, then make it again. -->\n", pack);
}

std::vector<Page> documentation(const LoadedPack& loaded, const RuleNeeds& needs) {
    std::vector<Page> pages = {{loaded.pack.id + ".md", overview(loaded)}};
    for (const Rule& rule : loaded.pack.rules) {
        const auto found = needs.find(rule.id);
        pages.push_back(
            {fmt::format("{}/{}.md", loaded.pack.id, rule.id),
             rule_page(loaded, rule, found == needs.end() ? std::set<expression::Need>() : found->second)});
    }
    return pages;
}

}  // namespace caseaudit::rulepack
