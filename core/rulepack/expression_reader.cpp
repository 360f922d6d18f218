#include "rulepack/expression_reader.h"

#include "calendar/read_date.h"
#include "rulepack/dollar_names.h"
#include "rulepack/message.h"
#include "rulepack/threshold.h"

namespace caseaudit::rulepack {

using expression::Text;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

ExpressionReader::ExpressionReader(yaml::Errors& errors, std::vector<NameUse>& uses)
    : errors_(errors), uses_(uses), places_(errors.document()) {}

std::optional<Text> ExpressionReader::expression(const Node& node, std::string_view key) {
    if (node.kind != Node::Kind::scalar) {
        const std::string hint = node.kind == Node::Kind::map || node.kind == Node::Kind::sequence
                                     ? "put quotes around an expression that begins with [ or {"
                                     : "write the expression behind the colon";
        errors_.report(node, "wrong-type", fmt::format("{} must be an expression", key), hint);
        return std::nullopt;
    }
    if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
        errors_.report(node, "wrong-type", fmt::format("{} is an empty expression", key));
        return std::nullopt;
    }
    note_names(node);
    return places_.text(node);
}

std::optional<Text> ExpressionReader::expression(MapReader& map, std::string_view key, Need need) {
    const Node* node = map.any(key, need);
    if (!node) return std::nullopt;
    const yaml::Errors::Within within(errors_, std::string(key));
    return expression(*node, key);
}

std::vector<Text> ExpressionReader::expressions(MapReader& map, std::string_view key) {
    std::vector<Text> texts;
    const Node* node = map.any(key);
    if (!node) return texts;
    const yaml::Errors::Within within(errors_, std::string(key));
    const auto add = [&](const Node& one) {
        if (auto text = expression(one, key)) texts.push_back(std::move(*text));
    };
    if (node->kind == Node::Kind::sequence) {
        for (const Node& item : node->items) add(item);
    } else {
        add(*node);
    }
    return texts;
}

std::vector<MessagePiece> ExpressionReader::message(MapReader& map, std::string_view key, Need need) {
    std::vector<MessagePiece> pieces;
    const Node* node = map.any(key, need);
    if (!node) return pieces;
    if (node->kind != Node::Kind::scalar) {
        errors_.report(*node, "wrong-type", fmt::format("{} must be text", key),
                       "put quotes around a message that begins with { or [");
        return pieces;
    }
    std::string_view text = node->text;
    text = text.substr(0, text.find_last_not_of(" \r\n") + 1);  // a block scalar ends in a line break
    if (text.empty()) errors_.report(*node, "wrong-type", fmt::format("{} is empty", key));
    const yaml::Errors::Within within(errors_, std::string(key));
    Template parsed = parse_template(text);
    for (TemplateError& error : parsed.errors) {
        errors_.report(places_.at(*node, error.offset), std::string(text.substr(error.offset, error.length)),
                       "message", std::move(error.message), std::move(error.hint));
    }
    for (TemplatePiece& piece : parsed.pieces) {
        MessagePiece& made = pieces.emplace_back();
        if (piece.is_expression) {
            for (const DollarName& name : dollar_names(piece.text)) {
                uses_.push_back({std::string(name.name), piece.offset + name.offset, node,
                                 &errors_.document(), errors_.within()});
            }
            made.expression = places_.text(*node, piece.offset, piece.text.size());
        }
        made.text = std::move(piece.text);
    }
    return pieces;
}

std::vector<Argument> ExpressionReader::arguments(const Node* map) {
    std::vector<Argument> arguments;
    if (!map) return arguments;
    for (const auto& [key, value] : map->entries) {
        const yaml::Errors::Within within(errors_, key.text);
        if (value.kind == Node::Kind::null) {
            errors_.report(key, "wrong-type", fmt::format("argument {} has no value", key.text),
                           "leave the key out, or give it a value");
            continue;
        }
        note_names_below(value);
        Place place = value.kind == Node::Kind::scalar ? places_.at(value, 0)
                                                       : yaml::place_of(errors_.document(), value);
        arguments.push_back({key.text, value, std::move(place), places_.source(), places_.at(key, 0)});
    }
    return arguments;
}

void ExpressionReader::note_names(const Node& node) {
    for (const DollarName& name : dollar_names(node.text)) {
        uses_.push_back({std::string(name.name), name.offset, &node, &errors_.document(), errors_.within()});
    }
}

void ExpressionReader::note_names_below(const Node& node) {
    if (node.kind == Node::Kind::scalar) note_names(node);
    for (const Node& item : node.items) note_names_below(item);
    for (const auto& [key, value] : node.entries) note_names_below(value);
}

bool check_id(const Node& node, std::string_view what, yaml::Errors& errors) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const std::size_t wrong = node.text.find_first_not_of(allowed);
    const bool begins_well = !node.text.empty() && allowed.find(node.text[0]) < allowed.find('.');
    if (wrong == std::string::npos && begins_well) return true;
    errors.report(node, "bad-id", fmt::format("{} is not an id", what),
                  "an id begins with a letter or digit; letters, digits, '-', '_' and '.' may follow");
    return false;
}

void refuse_empty(MapReader& map, std::span<const Key> keys) {
    for (const auto& [name, value] : map.node().entries) {
        if (value.kind != Node::Kind::null) continue;
        const auto key = std::ranges::find(keys, name.text, &Key::name);
        if (key == keys.end() || key->required) continue;
        map.errors().report(name, "empty", fmt::format("'{}' has no value", name.text),
                            "give it a value, or leave the key out");
    }
}

std::optional<Period> read_period(MapReader& map, std::string_view key) {
    const Node* node = map.map(key);
    if (!node) return std::nullopt;
    const yaml::Errors::Within within(map.errors(), std::string(key));
    MapReader reader(*node, std::string(key), map.errors());
    Period period{calendar::read_date(reader, "from"), calendar::read_date(reader, "to")};
    reader.finish();
    refuse_empty(reader, period_keys());
    if (period.from && period.to && *period.from > *period.to) {
        map.errors().report(*node->find("to"), "bad-date", "the last day in force is before the first");
    }
    return period;
}

std::optional<Threshold> read_threshold(const Node& node, yaml::Errors& errors) {
    auto threshold = parse_threshold(node.text);
    if (!threshold)
        errors.report(node, "bad-threshold", "fail_if is not a condition on findings",
                      std::string(threshold_hint));
    return threshold;
}

std::optional<Severity> read_severity(MapReader& map, Need need) {
    const Node* node = map.scalar("severity", need);
    if (!node) return std::nullopt;
    const std::optional<Severity> severity = parse_severity(node->text);
    if (severity) return severity;
    const std::vector<std::string> names = {"critical", "high", "medium", "low", "info"};
    const std::string near = nearest(node->text, names);
    map.errors().report(
        *node, "bad-severity", fmt::format("'{}' is not a severity", node->text),
        near.empty() ? "one of critical, high, medium, low, info" : fmt::format("did you mean '{}'?", near));
    return std::nullopt;
}

}  // namespace caseaudit::rulepack
