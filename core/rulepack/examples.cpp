// Examples, beside the rules or in files of their own.
#include "calendar/read_date.h"
#include "rulepack/expression_reader.h"
#include "rulepack/grammar.h"

namespace caseaudit::rulepack {

using yaml::Errors;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

std::vector<Example> read_examples(const Node& list, Errors& errors);

namespace {

// Table -> list of {field: value}. Names are judged when the dataset is known.
Node tables(MapReader& map, std::string_view key, Need need) {
    const Node* node = map.map(key, need);
    if (!node) return {};
    for (const auto& [table, rows] : node->entries) {
        if (rows.kind == Node::Kind::null) continue;
        if (rows.kind != Node::Kind::sequence) {
            map.errors().report(rows, "wrong-type", fmt::format("rows of {} must be a list", table.text),
                                "write [{field: value}], or a line with '- ' for each row");
            continue;
        }
        for (const Node& row : rows.items) {
            if (row.kind != Node::Kind::map) {
                map.errors().report(row, "wrong-type", "a row must be {field: value}");
                continue;
            }
            for (const auto& [field, cell] : row.entries) {
                if (cell.kind == Node::Kind::scalar || cell.kind == Node::Kind::null) continue;
                map.errors().report(cell, "wrong-type",
                                    fmt::format("the value of {} must be one cell", field.text));
            }
        }
    }
    return *node;
}

std::map<std::string, std::string> settings(MapReader& map) {
    std::map<std::string, std::string> set;
    const Node* node = map.map("set");
    if (!node) return set;
    for (const auto& [name, value] : node->entries) {
        if (value.kind == Node::Kind::scalar) {
            set.emplace(name.text, value.text);
        } else {
            map.errors().report(name, "wrong-type", fmt::format("{} must be one value", name.text));
        }
    }
    return set;
}

}  // namespace

std::vector<Example> read_examples(const Node& list, Errors& errors) {
    std::vector<Example> examples;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Node& node = list.items[i];
        const Errors::Within within(errors, fmt::format("example {}", i + 1));
        MapReader map(node, "an example", errors);
        if (map.is_map()) {
            Example& example = examples.emplace_back();
            example.place = yaml::place_of(errors.document(), node);
            example.note = map.text("note");
            example.given = tables(map, "given", Need::required);
            example.prior = tables(map, "prior", Need::optional);
            example.reference = tables(map, "reference", Need::optional);
            example.as_at = calendar::read_date(map, "as_at");
            example.set = settings(map);
            example.finds = map.texts("finds", Need::required, true);
            example.has_undecided = node.find("undecided") != nullptr;
            example.undecided = map.texts("undecided", Need::optional, true);
        }
        map.finish();
        refuse_empty(map, example_keys());
    }
    return examples;
}

FileContents read_examples_file(yaml::Reading reading, const std::string& chain) {
    FileContents contents;
    contents.errors = std::move(reading.errors);
    if (!reading.document) return contents;
    contents.document = std::make_unique<yaml::Document>(*std::move(reading.document));
    Errors errors(*contents.document, "pack", contents.errors);
    const Errors::Within within(errors, chain);
    MapReader map(contents.document->root, "an examples file", errors);
    const Node* rules = map.is_map() ? map.map("examples", Need::required) : nullptr;
    map.finish();
    if (!rules) return contents;
    for (const auto& [rule, list] : rules->entries) {
        const Errors::Within within_rule(errors, "rule " + rule.text);
        if (list.kind != Node::Kind::sequence) {
            errors.report(rule, "wrong-type", "a rule's examples must be a list");
            continue;
        }
        contents.examples.push_back(
            {rule.text, yaml::place_of(*contents.document, rule), read_examples(list, errors)});
    }
    return contents;
}

}  // namespace caseaudit::rulepack
