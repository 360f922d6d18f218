#include "yaml/map_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace caseaudit::yaml {
namespace {

std::string_view describe(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "nothing";
        case Node::Kind::scalar:
            return "a single value";
        case Node::Kind::sequence:
            return "a list";
        case Node::Kind::map:
            return "a map";
    }
    return "";
}

}  // namespace

void Errors::report(const Node& at, std::string_view code, std::string message, std::string hint) {
    report(place_of(document_, at), written(document_, at), code, std::move(message), std::move(hint));
}

void Errors::report(Place at, std::string fragment, std::string_view code, std::string message,
                    std::string hint) {
    out_.push_back({fmt::format("{}.{}", area_, code), std::move(message), std::move(at), std::move(fragment),
                    std::move(hint), within_});
}

MapReader::MapReader(const Node& node, std::string what, Errors& errors)
    : node_(node), what_(std::move(what)), errors_(errors) {
    if (is_map()) return;
    errors_.report(node_, "not-a-map",
                   fmt::format("{} must be a map of keys and values, not {}", what_, describe(node_)));
}

void MapReader::wrong(const Node& at, std::string_view key, std::string_view wanted) {
    errors_.report(at, "wrong-type", fmt::format("'{}' must be {}, not {}", key, wanted, describe(at)));
}

const Node* MapReader::any(std::string_view key, Need need) {
    known_.emplace_back(key);
    if (!is_map()) return nullptr;  // said once already
    const Node* found = node_.find(key);
    if (found && found->kind != Node::Kind::null) return found;
    if (need == Need::required && found) {
        errors_.report(key_node(key), "empty", fmt::format("'{}' has no value", key));
    } else if (need == Need::required) {
        errors_.report(node_, "missing-key", fmt::format("{} has no '{}'", what_, key));
    }
    return nullptr;
}

const Node* MapReader::map(std::string_view key, Need need) {
    const Node* found = any(key, need);
    if (!found || found->kind == Node::Kind::map) return found;
    wrong(*found, key, "a map of keys and values");
    return nullptr;
}

const Node* MapReader::sequence(std::string_view key, Need need) {
    const Node* found = any(key, need);
    if (!found || found->kind == Node::Kind::sequence) return found;
    wrong(*found, key, "a list");
    return nullptr;
}

const Node* MapReader::scalar(std::string_view key, Need need) {
    const Node* found = any(key, need);
    if (!found || found->kind == Node::Kind::scalar) return found;
    wrong(*found, key, "a single value");
    return nullptr;
}

std::string MapReader::text(std::string_view key, Need need) {
    const Node* found = scalar(key, need);
    if (!found) return "";
    if (need == Need::required && found->text.empty()) {
        errors_.report(*found, "empty", fmt::format("'{}' is empty", key));
    }
    return found->text;
}

std::optional<std::int64_t> MapReader::integer(std::string_view key, Need need) {
    const Node* found = scalar(key, need);
    if (!found) return std::nullopt;
    const std::optional<std::int64_t> value = as_integer(*found);
    if (!value) errors_.report(*found, "wrong-type", fmt::format("'{}' must be a whole number", key));
    return value;
}

bool MapReader::boolean(std::string_view key, bool otherwise, Need need) {
    const Node* found = scalar(key, need);
    if (!found) return otherwise;
    const std::optional<bool> value = as_boolean(*found);
    if (!value) errors_.report(*found, "wrong-type", fmt::format("'{}' must be true or false", key));
    return value.value_or(otherwise);
}

std::vector<const Node*> MapReader::scalars(std::string_view key, Need need, bool one_will_do) {
    std::vector<const Node*> out;
    const Node* found = any(key, need);
    if (!found) return out;
    if (one_will_do && found->kind == Node::Kind::scalar) return {found};
    if (found->kind != Node::Kind::sequence) {
        wrong(*found, key, one_will_do ? "a single value or a list of them" : "a list");
        return out;
    }
    for (const Node& item : found->items) {
        if (item.kind == Node::Kind::scalar) {
            out.push_back(&item);
        } else {
            errors_.report(
                item, "wrong-type",
                fmt::format("'{}' must be a list of single values; this one is {}", key, describe(item)));
        }
    }
    return out;
}

std::vector<std::string> MapReader::texts(std::string_view key, Need need, bool one_will_do) {
    std::vector<std::string> out;
    for (const Node* item : scalars(key, need, one_will_do)) out.push_back(item->text);
    return out;
}

const Node& MapReader::key_node(std::string_view key) const {
    for (const auto& [name, value] : node_.entries) {
        if (name.text == key) return name;
    }
    return node_;
}

void MapReader::finish() {
    for (const auto& [name, value] : node_.entries) {
        if (std::find(known_.begin(), known_.end(), name.text) != known_.end()) continue;
        const std::string near = nearest(name.text, known_);
        errors_.report(name, "unknown-key", fmt::format("{} has no key '{}'", what_, name.text),
                       near.empty() ? fmt::format("its keys are: {}", fmt::join(known_, ", "))
                                    : fmt::format("did you mean '{}'?", near));
    }
}

std::optional<std::int64_t> as_integer(const Node& node) {
    if (node.kind != Node::Kind::scalar || node.quoted) return std::nullopt;
    std::string_view text = node.text;
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.starts_with('-') && node.text.starts_with('+')) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> as_decimal(const Node& node) {
    if (node.kind != Node::Kind::scalar || node.quoted) return std::nullopt;
    std::string_view text = node.text;
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return std::nullopt;
    if (std::count(text.begin(), text.end(), '.') > 1) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [&](char c) { return is_digit(c) || c == '.'; }))
        return std::nullopt;
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return node.text.front() == '-' ? -value : value;
}

std::optional<bool> as_boolean(const Node& node) {
    if (node.kind != Node::Kind::scalar || node.quoted) return std::nullopt;
    if (node.text == "true") return true;
    if (node.text == "false") return false;
    return std::nullopt;
}

bool is_identifier(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); });
}

}  // namespace caseaudit::yaml
