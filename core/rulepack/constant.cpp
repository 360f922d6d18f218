#include "rulepack/constant.h"

#include "yaml/map_reader.h"

namespace caseaudit::rulepack {

using expression::Constant;
using expression::Kind;

namespace {

yaml::Node plain_scalar(std::string_view text) {
    yaml::Node node;
    node.kind = yaml::Node::Kind::scalar;
    node.text = text;
    return node;
}

Constant of_text(std::string_view text) {
    Constant constant;
    constant.kind = Kind::text;
    constant.text = text;
    return constant;
}

std::optional<Constant> read_integer(const yaml::Node& node) {
    const std::optional<std::int64_t> value = yaml::as_integer(node);
    if (!value) return std::nullopt;
    Constant constant;
    constant.kind = Kind::integer;
    constant.integer = *value;
    return constant;
}

std::optional<Constant> read_decimal(const yaml::Node& node) {
    const std::optional<double> value = yaml::as_decimal(node);
    if (!value) return std::nullopt;
    Constant constant;
    constant.kind = Kind::decimal;
    constant.decimal = *value;
    return constant;
}

std::optional<Constant> read_boolean(const yaml::Node& node) {
    const std::optional<bool> value = yaml::as_boolean(node);
    if (!value) return std::nullopt;
    Constant constant;
    constant.kind = Kind::boolean;
    constant.boolean = *value;
    return constant;
}

std::optional<Constant> read_date(std::string_view text) {
    Constant constant;
    constant.kind = Kind::date;
    if (!calendar::parse_iso(text, constant.date)) return std::nullopt;
    return constant;
}

}  // namespace

bool looks_like_date(std::string_view text) {
    constexpr std::string_view form = "dddd-dd-dd";
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == 'd' ? !digit : text[i] != '-') return false;
    }
    return true;
}

std::optional<Constant> constant_from(const yaml::Node& node) {
    if (node.kind != yaml::Node::Kind::scalar) return std::nullopt;
    if (node.quoted) return of_text(node.text);
    if (looks_like_date(node.text)) return read_date(node.text);
    if (auto value = read_boolean(node)) return value;
    if (auto value = read_integer(node)) return value;
    if (auto value = read_decimal(node)) return value;
    return of_text(node.text);
}

std::optional<Constant> constant_from(std::string_view text, Kind kind) {
    const yaml::Node node = plain_scalar(text);
    switch (kind) {
        case Kind::boolean:
            return read_boolean(node);
        case Kind::integer:
            return read_integer(node);
        case Kind::decimal:
            return read_decimal(node);
        case Kind::date:
            return read_date(text);
        default:
            return of_text(text);
    }
}

std::string_view describe_kind(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::integer:
            return "a whole number";
        case Kind::decimal:
            return "a number";
        case Kind::date:
            return "a date";
        default:
            return "text";
    }
}

std::string_view how_written(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "write true or false";
        case Kind::integer:
            return "write digits only, for example 5";
        case Kind::decimal:
            return "write digits and a point, for example 0.5";
        case Kind::date:
            return "write a real day as yyyy-mm-dd, for example 2025-04-01";
        default:
            return "write it in quotes";
    }
}

}  // namespace caseaudit::rulepack
