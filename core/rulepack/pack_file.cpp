// pack.yaml into a layer.
#include <filesystem>

#include "rulepack/collections.h"
#include "rulepack/constant.h"
#include "rulepack/dollar_names.h"
#include "rulepack/expression_reader.h"
#include "rulepack/grammar.h"
#include "rulepack/plugin_need_reader.h"
#include "rulepack/protocol_file.h"
#include "rulepack/threshold.h"
#include "rulepack/version.h"

namespace caseaudit::rulepack {

using expression::Constant;
using expression::Kind;
using yaml::Errors;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

namespace {

std::string folder_name(const std::string& folder) {
    const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
    return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

class PackFileReader {
  public:
    PackFileReader(Layer& layer, Errors& errors)
        : layer_(layer), errors_(errors), expressions_(errors, layer.pack_file.uses) {}

    void read(const Node& root) {
        MapReader map(root, "pack.yaml", errors_);
        read_identity(map);
        read_requirements(map);
        layer_.plugins = read_plugin_needs(map);
        read_extends(map);
        if (auto period = read_period(map, "effective")) layer_.effective = *period;
        for_each_entry(map, "collections", "collection",
                       [&](auto& key, auto& value) { collection(key, value); });
        for_each_entry(map, "parameters", "parameter",
                       [&](auto& key, auto& value) { parameter(key, value); });
        for_each_entry(map, "lists", "list", [&](auto& key, auto& value) { list(key, value); });
        for_each_entry(map, "expressions", "expression", [&](auto& key, auto& value) { named(key, value); });
        for_each_entry(map, "overrides", "override of", [&](auto& key, auto& value) { change(key, value); });
        for_each_entry(map, "fail_if", "fail_if", [&](auto& key, auto& value) { threshold(key, value); });
        layer_.dispute_protocol = read_dispute_protocol(map, expressions_);
        map.finish();
        refuse_empty(map, pack_keys());
    }

  private:
    template <class Read>
    void for_each_entry(MapReader& map, std::string_view key, std::string_view what, Read read) {
        const Node* node = map.map(key);
        if (!node) return;
        for (const auto& [name, value] : node->entries) {
            const Errors::Within within(errors_, fmt::format("{} {}", what, name.text));
            read(name, value);
        }
    }

    void read_identity(MapReader& map) {
        if (const Node* node = map.scalar("id", Need::required)) {
            layer_.id_place = expressions_.place(*node);
            if (check_id(*node, "the pack's id", errors_)) layer_.id = node->text;
        }
        if (const Node* node = map.scalar("version", Need::required)) {
            layer_.version = node->text;
            if (!is_version(node->text)) {
                errors_.report(*node, "bad-version", "the pack's version is not a version",
                               "write numbers with dots between, for example 1.0.0");
            }
        }
        layer_.title = map.text("title", Need::required);
        layer_.description = map.text("description");
    }

    void read_requirements(MapReader& map) {
        if (const Node* node = map.scalar("dataset")) {
            layer_.dataset = node->text;
            layer_.dataset_place = expressions_.place(*node);
        }
        if (const Node* node = map.scalar("calendar")) {
            layer_.calendar = node->text;
            layer_.calendar_place = expressions_.place(*node);
        }
        const Node* node = map.scalar("requires_engine");
        if (!node) return;
        layer_.requires_engine = node->text;
        const Requirement requirement = check_requirement(node->text, engine_version());
        if (requirement == Requirement::malformed) {
            errors_.report(*node, "bad-version", "requires_engine is not a condition on versions",
                           "write for example \">=0.1\", or \">=0.1, <2\"");
        } else if (requirement == Requirement::not_met) {
            errors_.report(
                *node, "engine",
                fmt::format("the pack needs caseaudit {}, and this is {}", node->text, engine_version()),
                "update caseaudit, or take a version of the pack that fits");
        }
    }

    void read_extends(MapReader& map) {
        for (const Node* node : map.scalars("extends", Need::optional, true)) {
            const auto same = [&](const Layer::Extended& other) { return other.name == node->text; };
            if (std::any_of(layer_.extends.begin(), layer_.extends.end(), same)) {
                errors_.report(*node, "duplicate", fmt::format("pack {} is extended twice", node->text));
                continue;
            }
            layer_.extends.push_back({node->text, expressions_.place(*node)});
        }
    }

    void collection(const Node& key, const Node& node) {
        const auto year = collection_year(key.text);
        if (!year) {
            errors_.report(key, "bad-year", fmt::format("'{}' is no year", key.text),
                           "write the year in which the collection ends, for example 2026");
        } else if (node.kind != Node::Kind::scalar) {
            errors_.report(node.kind == Node::Kind::null ? key : node, "wrong-type",
                           "a collection has one pack", "write 2026: name-of-pack");
        } else {
            layer_.collections.emplace(*year, Layer::Extended{node.text, expressions_.place(node)});
        }
    }

    // Whether the name can be used as $name and is not taken by one of another sort.
    bool claim(const Node& key, std::string_view name) {
        if (!yaml::is_identifier(name)) {
            errors_.report(
                key, "bad-id", fmt::format("'{}' cannot be used as $name", name),
                "a name begins with a letter or underscore; letters, digits and underscores may follow");
            return false;
        }
        const std::string text(name);
        if (layer_.parameters.contains(text) || layer_.lists.contains(text) ||
            layer_.expressions.contains(text)) {
            errors_.report(key, "duplicate", fmt::format("${} is declared twice in this pack", name),
                           "parameters, lists and expressions share one set of names");
            return false;
        }
        return true;
    }

    std::optional<Constant> constant(const Node& node) {
        if (node.kind != Node::Kind::scalar) {
            errors_.report(node, "wrong-type", "a value must be text, a number, true, false or a date");
            return std::nullopt;
        }
        auto value = constant_from(node);
        if (!value) {
            errors_.report(node, "bad-date", fmt::format("'{}' is not a day of the calendar", node.text),
                           "write a real day, or put it in quotes if it is text");
        }
        return value;
    }

    void parameter(const Node& key, const Node& node) {
        MapReader map(node, "a parameter", errors_);
        Parameter parameter;
        parameter.name = key.text;
        parameter.place = expressions_.place(key);
        const Node* value = map.is_map() ? map.any("value", Need::required) : nullptr;
        parameter.unit = map.text("unit");
        parameter.source = map.text("source");
        parameter.description = map.text("description");
        map.finish();
        refuse_empty(map, parameter_keys());
        const bool free = claim(key, key.text);
        if (!value || value->kind == Node::Kind::null) return;
        const auto read = constant(*value);
        if (!read || !free) return;
        parameter.value = *read;
        layer_.parameters.emplace(key.text, std::move(parameter));
    }

    void list(const Node& key, const Node& node) {
        const bool free = claim(key, key.text);
        if (node.kind != Node::Kind::sequence) {
            errors_.report(node.kind == Node::Kind::null ? key : node, "wrong-type",
                           "a list must be a list of values",
                           "write [a, b, c], or a line with '- ' for each value");
            return;
        }
        DeclaredList list{{}, expressions_.place(key)};
        for (const Node& item : node.items) {
            auto value = constant(item);
            if (!value) continue;
            if (!list.values.empty() && value->kind != list.values[0].kind) {
                errors_.report(item, "wrong-type",
                               fmt::format("the list begins with {} and this is {}",
                                           describe_kind(list.values[0].kind), describe_kind(value->kind)),
                               "values of a list are of one type; codes that look like numbers need quotes");
                continue;
            }
            list.values.push_back(std::move(*value));
        }
        if (free) layer_.lists.emplace(key.text, std::move(list));
    }

    // "name" or "name(a, b)".
    bool read_signature(const Node& key, std::string& name, std::vector<std::string>& arguments) {
        const std::string_view text = key.text;
        const std::size_t open = text.find('(');
        name = text.substr(0, open);
        if (open == std::string_view::npos) return true;
        if (text.back() != ')') {
            errors_.report(key, "bad-id", "an expression's list of arguments is not closed",
                           "write name(a, b): expression");
            return false;
        }
        std::string_view inside = text.substr(open + 1, text.size() - open - 2);
        while (true) {
            const std::size_t comma = inside.find(',');
            std::string_view one = inside.substr(0, comma);
            while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
            while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
            const bool repeated = std::find(arguments.begin(), arguments.end(), one) != arguments.end();
            if (!yaml::is_identifier(one) || repeated) {
                errors_.report(key, "bad-id",
                               repeated ? fmt::format("argument {} is named twice", one)
                                        : fmt::format("'{}' cannot be the name of an argument", one),
                               "write name(a, b): expression");
                return false;
            }
            arguments.emplace_back(one);
            if (comma == std::string_view::npos) return true;
            inside.remove_prefix(comma + 1);
        }
    }

    void named(const Node& key, const Node& node) {
        DeclaredExpression declared;
        declared.place = expressions_.place(key);
        std::string name;
        const bool sound = read_signature(key, name, declared.named.arguments) && claim(key, name);
        auto text = expressions_.expression(node, "the value");
        if (!sound || !text) return;
        for (const DollarName& used : dollar_names(text->text)) declared.uses.emplace_back(used.name);
        declared.named.text = std::move(*text);
        layer_.expressions.emplace(name, std::move(declared));
    }

    void threshold(const Node& key, const Node& node) {
        const bool known = key.text == "pack" || parse_severity(key.text);
        if (!known)
            errors_.report(key, "bad-severity",
                           fmt::format("fail_if is of a severity or of the pack, not of '{}'", key.text),
                           "critical, high, medium, low, info or pack; a rule has its own fail_if");
        if (node.kind != Node::Kind::scalar) {
            errors_.report(node, "bad-threshold", "fail_if is a condition", std::string(threshold_hint));
            return;
        }
        const auto read = read_threshold(node, errors_);
        if (known && read) layer_.fail_if[key.text] = *read;
    }

    void change(const Node& key, const Node& node) {
        MapReader map(node, "an override", errors_);
        Override change;
        change.rule = key.text;
        change.place = expressions_.place(key);
        if (map.is_map()) {
            if (const Node* title = map.scalar("title")) change.title = title->text;
            if (const Node* remedy = map.scalar("remedy")) change.remedy = remedy->text;
            change.severity = read_severity(map, Need::optional);
            if (const Node* limit = map.scalar("fail_if")) change.fail_if = read_threshold(*limit, errors_);
            const bool disabled = map.boolean("disabled", false);
            if (node.find("disabled")) change.disabled = disabled;
            change.where = expressions_.expression(map, "where");
            change.except = expressions_.expressions(map, "except");
            change.with = expressions_.arguments(map.map("with"));
            change.message = expressions_.message(map, "message", Need::optional);
            change.effective = read_period(map, "effective");
        }
        map.finish();
        refuse_empty(map, override_keys());
        layer_.overrides.push_back(std::move(change));
    }

    Layer& layer_;
    Errors& errors_;
    ExpressionReader expressions_;
};

}  // namespace

std::string pack_title(const Layer& layer) {
    return "pack " + (layer.id.empty() ? folder_name(layer.folder) : layer.id);
}

Layer read_pack_file(const std::string& folder) {
    Layer layer;
    layer.folder = folder;
    auto reading = yaml::read_file(folder + "/pack.yaml");
    layer.pack_file.errors = std::move(reading.errors);
    if (!reading.document) return layer;
    layer.pack_file.document = std::make_unique<yaml::Document>(*std::move(reading.document));
    const Node& root = layer.pack_file.document->root;
    const Node* id = root.find("id");
    Errors errors(*layer.pack_file.document, "pack", layer.pack_file.errors);
    const bool named = id && id->kind == Node::Kind::scalar && !id->text.empty();
    const Errors::Within within(errors, "pack " + (named ? id->text : folder_name(folder)));
    PackFileReader(layer, errors).read(root);
    return layer;
}

}  // namespace caseaudit::rulepack
