#include "rulepack/rule_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "rulepack/example_page.h"
#include "rulepack/expression_blocks.h"
#include "rulepack/markdown.h"
#include "rulepack/optional_tables.h"
#include "rulepack/used_names.h"

namespace caseaudit::rulepack {
namespace {

using expression::Constant;
using expression::Kind;
using yaml::Node;

std::string text_of_constant(const Constant& constant) {
    switch (constant.kind) {
        case Kind::boolean:
            return constant.boolean ? "true" : "false";
        case Kind::integer:
            return std::to_string(constant.integer);
        case Kind::decimal:
            return fmt::format("{}", constant.decimal);
        case Kind::date:
            return calendar::to_iso(constant.date);
        default:
            return constant.text;
    }
}

// An argument as one line of YAML.
std::string as_written(const Node& node) {
    std::vector<std::string> parts;
    switch (node.kind) {
        case Node::Kind::sequence:
            for (const Node& item : node.items) parts.push_back(as_written(item));
            return fmt::format("[{}]", fmt::join(parts, ", "));
        case Node::Kind::map:
            for (const auto& [key, value] : node.entries)
                parts.push_back(fmt::format("{}: {}", key.text, as_written(value)));
            return fmt::format("{{{}}}", fmt::join(parts, ", "));
        default:
            return node.text;
    }
}

std::string section(std::string_view title, const std::string& body) {
    return body.empty() ? "" : fmt::format("## {}\n\n{}", title, body);
}

std::string paragraph(const std::string& text) {
    return text.empty() ? "" : markdown::prose(text) + "\n\n";
}

std::string facts(const Pack& pack, const Rule& rule) {
    std::vector<std::vector<std::string>> rows = {
        {"Severity", std::string(name(rule.severity)) + (rule.disabled ? ", disabled in this pack" : "")},
        {"Dimension", std::string(name(rule.dimension))}};
    const auto add = [&](std::string what, std::string value) {
        if (!value.empty()) rows.push_back({std::move(what), std::move(value)});
    };
    add("Source", markdown::prose(rule.source));
    add("In force", in_force_text(rule.effective_from ? rule.effective_from : pack.effective_from,
                                  rule.effective_to ? rule.effective_to : pack.effective_to));
    add("Written in pack", rule.defined_in == pack.id ? "" : markdown::code(rule.defined_in));
    add("Tags", fmt::format("{}", fmt::join(rule.tags, ", ")));
    return markdown::table({"", ""}, rows);
}

std::string message_of(const Rule& rule) {
    std::string message;
    for (const MessagePiece& piece : rule.message) {
        message +=
            piece.expression ? fmt::format("`{{{}}}`", piece.expression->text) : markdown::prose(piece.text);
    }
    while (message.ends_with('\n')) message.pop_back();
    std::replace(message.begin(), message.end(), '\n', ' ');
    return message.empty() ? "" : fmt::format("> {}\n\n", message);
}

std::string check_of(const Rule& rule) {
    if (rule.check == "assertion.holds" && rule.with.size() == 1)
        return "What must hold:\n\n" + markdown::block(rule.with[0].node.text);
    std::vector<std::vector<std::string>> rows;
    for (const Argument& argument : rule.with)
        rows.push_back({markdown::code(argument.name), markdown::code(as_written(argument.node))});
    return fmt::format("The check is {}", markdown::code(rule.check)) +
           (rows.empty() ? ".\n\n" : " with\n\n" + markdown::table({"Argument", "Value"}, rows));
}

std::string judged(const Rule& rule) {
    std::string out = rule.for_each == std::vector<std::string>{"case"}
                          ? "Judges each case once.\n\n"
                          : fmt::format("Judges each record of {}.\n\n", markdown::list(rule.for_each));
    out += titled_block("Of these, those for which this is true:", rule.where);
    out += titled_blocks("Left out are those for which this is true:", rule.except);
    out += check_of(rule);
    out += titled_blocks("Reported with it:", rule.also_report);
    out += titled_blocks("Judged by, and shown with a finding:", rule.context);
    out += titled_block("Who is to act:", rule.responsible.who);
    out += titled_block("The team that is to act:", rule.responsible.team);
    out += titled_block("The worker who is to act:", rule.responsible.worker);
    return out;
}

std::string parameters_of(const Pack& pack, const UsedNames& used) {
    std::vector<std::vector<std::string>> parameters, lists;
    for (const std::string& name : used.parameters)
        parameters.push_back(parameter_row(pack.parameters.at(name)));
    for (const std::string& name : used.lists) lists.push_back(list_row(name, pack.lists.at(name)));
    return markdown::table(parameter_headings, parameters) + markdown::table({"List", "Values"}, lists);
}

// As rules write it.
std::string full_name(const dataset::Table& table, expression::Which which) {
    if (which == expression::Which::prior) return "prior." + table.name;
    return table.reference ? "reference." + table.name : table.name;
}

// Tables in the dataset's order, those of the extract before marked.
std::string needs_of(const dataset::Dataset& dataset, const Rule& rule,
                     const std::set<expression::Need>& needs) {
    const auto absence = [&](const std::string& name) -> std::string {
        for (const std::string& entry : rule.optional) {
            auto parts = alternatives_of(entry);
            if (std::erase(parts, name) == 0) continue;
            for (std::string& other : parts) other = markdown::code(other);
            if (parts.empty()) return " (may be absent)";
            return fmt::format(" (may be absent where {} is there)", fmt::join(parts, " or "));
        }
        return "";
    };
    std::map<std::pair<int, expression::Which>, std::vector<std::string>> tables;
    for (const expression::Need& need : needs) {
        const dataset::Table& table = dataset.tables[static_cast<std::size_t>(need.table)];
        auto& fields = tables[{need.table, need.which}];
        if (need.field < 0) continue;
        const std::string& field = table.fields[static_cast<std::size_t>(need.field)].name;
        fields.push_back(markdown::code(field) + absence(full_name(table, need.which) + "." + field));
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& [key, fields] : tables) {
        const dataset::Table& table = dataset.tables[static_cast<std::size_t>(key.first)];
        const std::string full = full_name(table, key.second);
        rows.push_back({markdown::code(full) + absence(full), fmt::format("{}", fmt::join(fields, ", "))});
    }
    if (rows.empty()) return "";
    return markdown::table({"Table", "Fields"}, rows) +
           "Without one of these that may not be absent the rule is skipped, and the report says so.\n\n";
}

}  // namespace

std::vector<std::string> parameter_row(const Parameter& parameter) {
    return {markdown::code(parameter.name), markdown::prose(text_of_constant(parameter.value)),
            markdown::prose(parameter.unit), markdown::prose(parameter.description),
            markdown::prose(parameter.source)};
}

std::vector<std::string> list_row(const std::string& name, const std::vector<Constant>& values) {
    std::vector<std::string> texts;
    for (const Constant& value : values) texts.push_back(text_of_constant(value));
    return {markdown::code(name), markdown::list(texts)};
}

std::string in_force_text(std::optional<calendar::Day> from, std::optional<calendar::Day> to) {
    std::vector<std::string> parts;
    if (from) parts.push_back("from " + calendar::to_iso(*from));
    if (to) parts.push_back("until " + calendar::to_iso(*to));
    return fmt::format("{}", fmt::join(parts, " "));
}

std::string rule_page(const LoadedPack& loaded, const Rule& rule, const std::set<expression::Need>& needs) {
    const Pack& pack = loaded.pack;
    const UsedNames used = names_used(pack, rule);
    std::string out = generated_line(pack.id);
    out += fmt::format("# {}\n\n", markdown::prose(rule.title));
    out += fmt::format("Rule {} of the pack [{}](../{}.md)\n\n", markdown::code(rule.id), pack.id, pack.id);
    out += message_of(rule) + facts(pack, rule) + paragraph(rule.description);
    out += section("What to do", paragraph(rule.remedy));
    out += section("What it judges", judged(rule));
    out += section("Expressions with a name", named_blocks(pack, used.expressions));
    out += section("Parameters and lists", parameters_of(pack, used));
    out += section("What it needs", needs_of(loaded.dataset, rule, needs));
    out += section("Examples", example_page(rule));
    while (out.ends_with("\n\n")) out.pop_back();
    return out;
}

}  // namespace caseaudit::rulepack
