#include "rulepack/example_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "rulepack/markdown.h"

namespace caseaudit::rulepack {
namespace {

using yaml::Node;

// Fields in the order in which the rows first name them.
std::vector<std::string> fields_of(const Node& rows) {
    std::vector<std::string> fields;
    for (const Node& row : rows.items) {
        for (const auto& [field, value] : row.entries) {
            if (std::find(fields.begin(), fields.end(), field.text) == fields.end())
                fields.push_back(field.text);
        }
    }
    return fields;
}

// Row numbers are those that "table:row" of `finds` and `undecided` mean.
std::string records(const std::string& table, const Node& rows, const Example& example, bool current) {
    if (rows.items.empty()) return fmt::format("{}: no records\n\n", markdown::code(table));
    const std::vector<std::string> fields = fields_of(rows);
    std::vector<std::string> headings{"Row"};
    for (const std::string& field : fields) headings.push_back(markdown::code(field));
    std::vector<std::vector<std::string>> cells;
    for (std::size_t i = 0; i < rows.items.size(); ++i) {
        const std::string named = fmt::format("{}:{}", table, i + 1);
        const bool found =
            current && std::find(example.finds.begin(), example.finds.end(), named) != example.finds.end();
        cells.push_back({found ? fmt::format("**{} found**", i + 1) : std::to_string(i + 1)});
        for (const std::string& field : fields) {
            const Node* value = rows.items[i].find(field);
            cells.back().push_back(value ? markdown::prose(value->text) : "");
        }
    }
    return fmt::format("{}\n\n", markdown::code(table)) + markdown::table(headings, cells);
}

std::string extract(const Node& tables, const Example& example, const std::string& title, bool current) {
    std::string out;
    for (const auto& [table, rows] : tables.entries) out += records(table.text, rows, example, current);
    return out.empty() || title.empty() ? out : title + "\n\n" + out;
}

// "A" is a case, "table:2" a record.
std::string found_text(const std::vector<std::string>& found) {
    std::vector<std::string> texts;
    for (const std::string& one : found) {
        const auto colon = one.rfind(':');
        texts.push_back(
            colon == std::string::npos
                ? "case " + markdown::code(one)
                : fmt::format("{} row {}", markdown::code(one.substr(0, colon)), one.substr(colon + 1)));
    }
    return texts.empty() ? "nothing" : fmt::format("{}", fmt::join(texts, ", "));
}

std::string conditions(const Example& example) {
    std::vector<std::string> all;
    if (example.as_at) all.push_back("As at " + calendar::to_iso(*example.as_at));
    for (const auto& [name, value] : example.set)
        all.push_back(fmt::format("{} = {}", markdown::code(name), markdown::code(value)));
    return all.empty() ? "" : fmt::format("{}.\n\n", fmt::join(all, ", "));
}

}  // namespace

std::string example_page(const Rule& rule) {
    std::string out;
    for (std::size_t i = 0; i < rule.examples.size(); ++i) {
        const Example& example = rule.examples[i];
        out += fmt::format("### {}. {}\n\n", i + 1,
                           example.note.empty() ? "Example" : markdown::prose(example.note));
        out += conditions(example);
        out += extract(example.given, example, "", true);
        out += extract(example.prior, example, "In the extract before:", false);
        out += extract(example.reference, example, "In the reference tables:", false);
        out += fmt::format("Finds {}.", found_text(example.finds));
        if (example.has_undecided) out += fmt::format(" Undecided: {}.", found_text(example.undecided));
        out += "\n\n";
    }
    return out;
}

}  // namespace caseaudit::rulepack
