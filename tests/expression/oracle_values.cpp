#include <cmath>

#include "expression/oracle.h"

namespace oracle {

// Wide enough for any product of two integers.
__extension__ using Wide = __int128;

using expression::Kind;

Value boolean(bool truth) {
    Value value;
    value.state = State::present;
    value.truth = truth;
    return value;
}
Value undecided() {
    return {};
}
Value number(std::int64_t integer) {
    Value value;
    value.kind = Kind::integer;
    value.state = State::present;
    value.integer = integer;
    return value;
}
Value absent(Kind kind, State state) {
    Value value;
    value.kind = kind;
    value.state = state;
    return value;
}

Value logical_and(const Value& a, const Value& b) {
    if ((a.usable() && !a.truth) || (b.usable() && !b.truth)) return boolean(false);
    return a.usable() && b.usable() ? boolean(true) : undecided();
}
Value logical_or(const Value& a, const Value& b) {
    if ((a.usable() && a.truth) || (b.usable() && b.truth)) return boolean(true);
    return a.usable() && b.usable() ? boolean(false) : undecided();
}

double as_decimal(const Value& value) {
    return value.kind == Kind::decimal ? value.decimal : static_cast<double>(value.integer);
}

int compare(const Value& a, const Value& b) {
    const auto three_way = [](auto x, auto y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (a.kind == Kind::boolean) return three_way(a.truth, b.truth);
    if (a.kind == Kind::text) return three_way(a.text, b.text);
    if (a.kind == Kind::postcode) return three_way(a.integer, b.integer);
    if (a.kind == Kind::row) return three_way(a.row, b.row);
    if (a.kind == Kind::decimal || b.kind == Kind::decimal) return three_way(as_decimal(a), as_decimal(b));
    return three_way(a.integer, b.integer);
}

Value equal(const Value& a, const Value& b) {
    return a.usable() && b.usable() ? boolean(compare(a, b) == 0) : undecided();
}

Value arithmetic(char symbol, const Value& a, const Value& b) {
    const bool text = a.kind == Kind::text, decimal = a.kind == Kind::decimal || b.kind == Kind::decimal;
    const Kind kind = text ? Kind::text : decimal ? Kind::decimal : Kind::integer;
    if (a.state == State::invalid || b.state == State::invalid) return absent(kind, State::invalid);
    if (!a.usable() || !b.usable()) return absent(kind, State::missing);
    Value result = absent(kind, State::present);
    if (text) {
        result.text = a.text + b.text;
    } else if (decimal) {
        const double x = as_decimal(a), y = as_decimal(b);
        result.decimal = symbol == '+'   ? x + y
                         : symbol == '-' ? x - y
                         : symbol == '*' ? x * y
                         : symbol == '/' ? x / y
                                         : std::fmod(x, y);
        result.decimal += 0.0;  // -0 is shown as 0
        if (!std::isfinite(result.decimal)) result.state = State::missing;
    } else {
        const Wide x = a.integer, y = b.integer;
        if ((symbol == '/' || symbol == '%') && y == 0) return absent(kind, State::missing);
        const Wide exact = symbol == '+'   ? x + y
                           : symbol == '-' ? x - y
                           : symbol == '*' ? x * y
                           : symbol == '/' ? x / y
                                           : x % y;
        if (exact > INT64_MAX || exact < INT64_MIN + 2) return absent(kind, State::missing);
        result.integer = static_cast<std::int64_t>(exact);
    }
    return result;
}

std::string shown(const Value& value) {
    if (value.kind == Kind::list) {
        std::string joined;
        for (const Value& element : value.elements) joined += (joined.empty() ? "" : ", ") + shown(element);
        return value.elements.empty() ? "(none)" : joined;
    }
    if (value.state == State::missing) return "(blank)";
    if (value.state == State::invalid) return "(unreadable)";
    constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    switch (value.kind) {
        case Kind::boolean:
            return value.truth ? "yes" : "no";
        case Kind::integer:
            return std::to_string(value.integer);
        case Kind::decimal:
            return fmt::format("{}", value.decimal);
        case Kind::date: {
            const auto civil = calendar::civil(static_cast<calendar::Day>(value.integer));
            return fmt::format("{} {} {}", civil.day, months[civil.month - 1], civil.year);
        }
        case Kind::row:
            return "row " + std::to_string(value.row);
        default:
            return value.text.empty() ? "(blank)" : value.text;
    }
}

}  // namespace oracle
