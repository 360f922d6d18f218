#include "rulepack/measure_page.h"

#include <fmt/format.h>

#include "rulepack/expression_blocks.h"
#include "rulepack/markdown.h"
#include "rulepack/rule_page.h"
#include "rulepack/used_names.h"

namespace caseaudit::rulepack {
namespace {

std::vector<std::string> row_of(const Measure& measure) {
    std::vector<std::string> keys;
    for (const Measure::Key& key : measure.by) keys.push_back(key.name);
    return {fmt::format("[{}](#{})", measure.id, measure.id),
            markdown::prose(measure.title),
            std::string(name(measure.kind)),
            markdown::prose(measure.unit),
            markdown::list(keys) + (measure.totals ? ", with totals" : ""),
            markdown::prose(measure.source)};
}

std::string groups_of(const Measure& measure) {
    std::vector<std::vector<std::string>> rows;
    for (const Measure::Key& key : measure.by)
        rows.push_back({markdown::code(key.name), markdown::code(key.text.text)});
    return markdown::table({"Grouped by", "Which is"}, rows);
}

// The heading is the id, so that links to it do not change with the title.
std::string section_of(const Measure& measure) {
    std::string out = fmt::format("### {}\n\n{}\n\n", measure.id, markdown::prose(measure.title));
    if (!measure.description.empty()) out += markdown::prose(measure.description) + "\n\n";
    const std::string in_force = in_force_text(measure.effective_from, measure.effective_to);
    if (!in_force.empty()) out += fmt::format("In force {}.\n\n", in_force);
    out += measure.for_each == "case"
               ? "The population is each case.\n\n"
               : fmt::format("The population is each record of {}.\n\n", markdown::code(measure.for_each));
    out += titled_block("Of these, those for which this is true:", measure.where);
    out += titled_blocks("Left out are those for which this is true:", measure.except);
    out += titled_block("The standard:", measure.met);
    out += titled_block("The average of:", measure.value);
    return out + groups_of(measure);
}

}  // namespace

std::string measures_of(const Pack& pack) {
    if (pack.measures.empty()) return "";
    std::vector<std::vector<std::string>> rows;
    std::string sections;
    std::set<std::string> named;
    for (const Measure& measure : pack.measures) {
        rows.push_back(row_of(measure));
        sections += section_of(measure);
        named.merge(names_used(pack, measure).expressions);
    }
    std::string out = "## Measures\n\n";
    out +=
        markdown::table({"Measure", "What it says", "Kind", "Unit", "Grouped by", "Source"}, rows) + sections;
    const std::string expressions = named_blocks(pack, named);
    return expressions.empty() ? out : out + "### Expressions of the measures\n\n" + expressions;
}

}  // namespace caseaudit::rulepack
