// A file of rules.
#include <filesystem>
#include <set>

#include "rulepack/expression_reader.h"
#include "rulepack/grammar.h"
#include "rulepack/measure_reader.h"

namespace caseaudit::rulepack {

using yaml::Errors;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

// In examples.cpp.
std::vector<Example> read_examples(const Node& list, Errors& errors);

namespace {

class RuleReader {
  public:
    RuleReader(Errors& errors, FileContents& contents, bool with_examples)
        : errors_(errors),
          contents_(contents),
          expressions_(errors, contents.uses),
          with_examples_(with_examples) {}

    void read(const Node& root) {
        MapReader map(root, "a rule file", errors_);
        const Node* rules = map.is_map() ? map.sequence("rules") : nullptr;
        const Node* measures = map.is_map() ? map.sequence("measures") : nullptr;
        map.finish();
        if (map.is_map() && !root.find("rules") && !root.find("measures")) {
            errors_.report(root, "missing-key", "a rule file needs 'rules' or 'measures'",
                           "write rules: and below it a list of them");
        }
        if (measures) read_measures(*measures, errors_, expressions_, contents_.measures);
        if (!rules) return;
        contents_.rules.reserve(rules->items.size());
        for (std::size_t i = 0; i < rules->items.size(); ++i) {
            const Node& node = rules->items[i];
            const Node* id = node.find("id");
            const bool named = id && id->kind == Node::Kind::scalar;
            const Errors::Within within(
                errors_, named ? "rule " + id->text : fmt::format("rule number {} of the file", i + 1));
            rule(node);
        }
    }

  private:
    void rule(const Node& node) {
        MapReader map(node, "a rule", errors_);
        if (!map.is_map()) {
            map.finish();
            return;
        }
        RuleDraft draft;
        Rule& rule = draft.rule;
        rule.place = expressions_.place(node);
        identity(map, rule);
        population(map, draft);
        judgement(map, rule);
        report(map, draft);
        if (auto period = read_period(map, "effective")) {
            rule.effective_from = period->from;
            rule.effective_to = period->to;
        }
        const Node* examples = map.sequence("examples");
        map.finish();
        refuse_empty(map, rule_keys());
        if (with_examples_ && examples) rule.examples = read_examples(*examples, errors_);
        if (!rule.id.empty()) contents_.rules.push_back(std::move(draft));
    }

    void identity(MapReader& map, Rule& rule) {
        if (const Node* id = map.scalar("id", Need::required)) {
            rule.place = expressions_.place(*id);
            if (check_id(*id, "the rule's id", errors_)) rule.id = id->text;
        }
        rule.title = map.text("title", Need::required);
        rule.module = std::filesystem::path(rule.place.file).stem().string();
        if (auto severity = read_severity(map, Need::required)) rule.severity = *severity;
        dimension(map, rule);
        rule.source = map.text("source");
        rule.description = map.text("description");
        rule.remedy = map.text("remedy");
        rule.tags = map.texts("tags", Need::optional, true);
        if (const Node* node = map.scalar("fail_if")) rule.fail_if = read_threshold(*node, errors_);
    }

    void dimension(MapReader& map, Rule& rule) {
        const Node* node = map.scalar("dimension", Need::required);
        if (!node) return;
        if (const auto dimension = parse_dimension(node->text)) {
            rule.dimension = *dimension;
            return;
        }
        const std::vector<std::string> names(dimension_names.begin(), dimension_names.end());
        const std::string near = nearest(node->text, names);
        errors_.report(*node, "bad-dimension",
                       fmt::format("'{}' is not a dimension of data quality", node->text),
                       near.empty() ? fmt::format("one of {}", fmt::join(names, ", "))
                                    : fmt::format("did you mean '{}'?", near));
    }

    std::vector<std::string> placed_texts(MapReader& map, std::string_view key, Need need,
                                          std::vector<Place>& places) {
        std::vector<std::string> texts;
        for (const Node* node : map.scalars(key, need, true)) {
            if (std::find(texts.begin(), texts.end(), node->text) != texts.end()) {
                errors_.report(*node, "duplicate", fmt::format("{} names '{}' twice", key, node->text));
                continue;
            }
            texts.push_back(node->text);
            places.push_back(expressions_.place(*node));
        }
        return texts;
    }

    void population(MapReader& map, RuleDraft& draft) {
        Rule& rule = draft.rule;
        rule.for_each = placed_texts(map, "for_each", Need::required, draft.for_each_places);
        rule.optional = placed_texts(map, "optional", Need::optional, draft.optional_places);
        rule.where = expressions_.expression(map, "where");
        rule.except = expressions_.expressions(map, "except");
    }

    void judgement(MapReader& map, Rule& rule) {
        const std::optional<expression::Text> assertion = expressions_.expression(map, "assert");
        const bool asserts = map.node().find("assert") != nullptr;
        const Node* check = map.scalar("check");
        const Node* with = map.map("with");
        if (asserts && check) {
            errors_.report(map.key_node("check"), "assert-and-check", "a rule has both assert and check",
                           "keep one; assert is short for check: assertion.holds");
        }
        if (!asserts && !check) {
            errors_.report(map.node(), "missing-key", "a rule needs assert or check",
                           "assert: an expression that must hold, or check: a plugin's check");
        }
        if (asserts && !check) {
            if (assertion) assert_holds(map, rule, *assertion);
            if (with) {
                errors_.report(map.key_node("with"), "unknown-key",
                               "with goes with check, and this rule has assert",
                               "put the values into the expression, or use a check");
            }
            return;
        }
        if (check) {
            rule.check = check->text;
            rule.check_place = expressions_.place(*check);
            check_name(*check);
        }
        const Errors::Within within(errors_, "with");
        rule.with = expressions_.arguments(with);
    }

    void assert_holds(const MapReader& map, Rule& rule, const expression::Text& text) {
        rule.check = "assertion.holds";
        rule.check_place = expressions_.place(map.key_node("assert"));
        rule.with.push_back(
            {"that", *map.node().find("assert"), text.place, expressions_.source(), rule.check_place});
    }

    void check_name(const Node& node) {
        const std::size_t dot = node.text.find('.');
        const bool sound = dot != std::string::npos && dot > 0 && dot + 1 < node.text.size() &&
                           node.text.find_first_of(" \t\n") == std::string::npos;
        if (sound) return;
        errors_.report(
            node, "bad-check", fmt::format("'{}' does not name a check", node.text),
            "write plugin.check, for example timeliness.deadline; caseaudit list checks shows them");
    }

    void report(MapReader& map, RuleDraft& draft) {
        Rule& rule = draft.rule;
        rule.also_report = expressions_.expressions(map, "also_report");
        rule.context = expressions_.expressions(map, "context");
        rule.fields = placed_texts(map, "fields", Need::optional, draft.fields_places);
        rule.message = expressions_.message(map, "message", Need::required);
        rule.responsible = responsible(map);
    }

    // An expression, or {who, team, worker}.
    Responsible responsible(MapReader& map) {
        const Node* node = map.any("responsible");
        if (!node || node->kind == Node::Kind::null) return {};
        const Errors::Within within(errors_, "responsible");
        if (node->kind != Node::Kind::map) return {expressions_.expression(*node, "responsible"), {}, {}};
        MapReader reader(*node, "responsible", errors_);
        Responsible made;
        made.who = expressions_.expression(reader, "who");
        made.team = expressions_.expression(reader, "team");
        made.worker = expressions_.expression(reader, "worker");
        reader.finish();
        if (node->entries.empty())
            errors_.report(*node, "empty", "responsible names nobody", "give it a team, a worker or both");
        return made;
    }

    Errors& errors_;
    FileContents& contents_;
    ExpressionReader expressions_;
    bool with_examples_;
};

}  // namespace

FileContents read_rule_file(yaml::Reading reading, const std::string& chain, bool with_examples) {
    FileContents contents;
    contents.errors = std::move(reading.errors);
    if (!reading.document) return contents;
    contents.document = std::make_unique<yaml::Document>(*std::move(reading.document));
    Errors errors(*contents.document, "pack", contents.errors);
    const Errors::Within within(errors, chain);
    RuleReader(errors, contents, with_examples).read(contents.document->root);
    return contents;
}

}  // namespace caseaudit::rulepack
