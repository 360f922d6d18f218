#include "expression/random_expression.h"

#include <fmt/format.h>

namespace world {

using caseaudit::expression::Kind;

std::string RandomExpression::make(Kind kind, int depth) {
    switch (kind) {
        case Kind::boolean:
            return boolean(depth);
        case Kind::integer:
            return integer(depth);
        case Kind::decimal:
            return decimal(depth);
        case Kind::date:
            return date(depth);
        default:
            return text(depth);
    }
}

std::string RandomExpression::lambda(Kind kind, int depth, std::string& variable) {
    variable = fmt::format("v{}", made_++);
    variables_.push_back(variable);
    std::string body = make(kind, depth);
    variables_.pop_back();
    return body;
}

std::string RandomExpression::row(int depth) {
    const std::size_t choice = pick(depth > 0 && variables_.size() < 3 ? 8 : 4);
    if (choice < 3 && !variables_.empty()) return variables_[pick(variables_.size())];
    std::string variable;
    switch (choice) {
        case 4:
            return fmt::format("prev({})", row(depth - 1));
        case 5:
            return fmt::format("next({})", row(depth - 1));
        case 6: {
            const std::string from = list(depth - 1), body = lambda(Kind::boolean, depth - 1, variable);
            return fmt::format("{}.{}({}, {})", from, pick(2) ? "first" : "last", variable, body);
        }
        case 7: {
            const std::string from = list(depth - 1),
                              body = lambda(pick(2) ? Kind::date : Kind::decimal, depth - 1, variable);
            return fmt::format("{}.{}({}, {})", from, pick(2) ? "min_by" : "max_by", variable, body);
        }
        default:
            break;
    }
    if (!variables_.empty()) return variables_.back();
    return over_rows_ ? (pick(3) ? "row" : pick(2) ? "prev" : "next") : "episodes.first()";
}

std::string RandomExpression::list(int depth) {
    if (depth <= 0 || variables_.size() > 2 || pick(3) > 0) return "episodes";
    std::string variable;
    const std::string from = list(depth - 1), body = lambda(Kind::boolean, depth - 1, variable);
    return fmt::format("{}.filter({}, {})", from, variable, body);
}

std::string RandomExpression::field(const std::string& name, int depth) {
    if (over_rows_ && pick(3) == 0) return name;
    return row(depth) + "." + name;
}

std::string RandomExpression::boolean(int depth) {
    std::string variable;
    if (depth <= 0) return pick(4) ? field("AGREED", 0) : pick(2) ? "true" : "false";
    const int below = depth - 1;
    constexpr Kind kinds[] = {Kind::integer, Kind::decimal, Kind::date, Kind::text};
    const Kind kind = kinds[pick(4)];
    constexpr const char* relations[] = {"==", "!=", "<", "<=", ">", ">="};
    switch (pick(variables_.size() < 3 ? 14 : 10)) {
        case 0:
            return fmt::format("({} && {})", boolean(below), boolean(below));
        case 1:
            return fmt::format("({} || {})", boolean(below), boolean(below));
        case 2:
            return fmt::format("!{}", boolean(below));
        case 3:
        case 4:
            return fmt::format("({} {} {})", make(kind, below), relations[pick(6)], make(kind, below));
        case 5:
            if (pick(2))
                return fmt::format("{}({})", pick(2) ? "invalid" : "present",
                                   field(pick(2) ? "LS" : "PLACE", below));
            return fmt::format("{}({})",
                               pick(2)   ? "missing"
                               : pick(2) ? "invalid"
                                         : "present",
                               make(kind, below));
        case 6:
            return fmt::format("{}({}, {})", pick(2) ? "same" : "differs", make(kind, below),
                               make(kind, below));
        case 7:
            return fmt::format("interval({}, {}).overlaps(interval({}, {}))", date(below), date(below),
                               date(below), date(below));
        case 8:
            return fmt::format("interval({}, {}).contains({})", date(below), date(below), date(below));
        case 9:
            return fmt::format("({} in {})", text(below), pick(4) ? "['C2', 'U1', 'x']" : "[]");
        case 10:
        case 11: {
            const std::string from = list(below), body = lambda(Kind::boolean, below, variable);
            return fmt::format("{}.exists({}, {})", from, variable, body);
        }
        case 12: {
            const std::string from = list(below), body = lambda(Kind::boolean, below, variable);
            return fmt::format("{}.all({}, {})", from, variable, body);
        }
        default: {
            const std::string value = make(kind, below), from = list(below),
                              body = lambda(kind, below, variable);
            return fmt::format("({} in {}.map({}, {}))", value, from, variable, body);
        }
    }
}

std::string RandomExpression::integer(int depth) {
    std::string variable;
    if (depth <= 0) return pick(3) ? field("VISITS", 0) : std::to_string(pick(9));
    const int below = depth - 1;
    switch (pick(variables_.size() < 3 ? 10 : 7)) {
        case 0:
            return fmt::format("({} + {})", integer(below), integer(below));
        case 1:
            return fmt::format("({} {} {})", integer(below), pick(2) ? "/" : "%", integer(below));
        case 2:
            return fmt::format("days_between({}, {})", date(below), date(below));
        case 3:
            return fmt::format("position({})", row(below));
        case 4:
            return fmt::format("size({})", text(below));
        case 5:
            return fmt::format("({} ? {} : {})", boolean(below), integer(below), integer(below));
        case 6:
            return fmt::format("coalesce({}, {})", integer(below), integer(below));
        case 7: {
            const std::string from = list(below), body = lambda(Kind::boolean, below, variable);
            return fmt::format("{}.count({}, {})", from, variable, body);
        }
        case 8: {
            const std::string from = list(below), body = lambda(Kind::integer, below, variable);
            return fmt::format("{}.sum({}, {})", from, variable, body);
        }
        default: {
            const std::string from = list(below), body = lambda(Kind::text, below, variable);
            return fmt::format("{}.count_distinct({}, [{}, {}.VISITS])", from, variable, body, variable);
        }
    }
}

std::string RandomExpression::decimal(int depth) {
    if (depth <= 0) return pick(3) ? field("PL_DISTANCE", 0) : "2.5";
    const int below = depth - 1;
    switch (pick(3)) {
        case 0:
            return fmt::format("({} * {})", decimal(below), integer(below));
        case 1:
            return fmt::format("({} - {})", decimal(below), decimal(below));
        default:
            return fmt::format("least({}, {})", decimal(below), decimal(below));
    }
}

std::string RandomExpression::date(int depth) {
    std::string variable;
    if (depth <= 0) return pick(6) ? field(pick(2) ? "DECOM" : "DEC", 0) : "date('2025-09-01')";
    const int below = depth - 1;
    switch (pick(variables_.size() < 3 ? 6 : 4)) {
        case 0:
            return fmt::format("add_days({}, {})", date(below), integer(below));
        case 1:
            return field(pick(2) ? "DECOM" : "DEC", below);
        case 2:
            return fmt::format("coalesce({}, {})", date(below), date(below));
        case 3:
            return fmt::format("({} ? {} : {})", boolean(below), date(below), date(below));
        default: {
            const std::string from = list(below), body = lambda(Kind::date, below, variable);
            return fmt::format("{}.{}({}, {})", from, pick(2) ? "min" : "max", variable, body);
        }
    }
}

std::string RandomExpression::text(int depth) {
    constexpr const char* fields[] = {"URN", "LS", "PLACE"};
    if (depth <= 0) return pick(5) ? "string(" + field(fields[pick(3)], 0) + ")" : "'C2'";
    const int below = depth - 1;
    switch (pick(4)) {
        case 0:
            return fmt::format("({} + {})", text(below), text(below));
        case 1:
            return fmt::format("{}.lower()", text(below));
        case 2:
            return fmt::format("string({})", field(fields[pick(3)], below));
        default:
            return fmt::format("coalesce({}, {})", text(below), text(below));
    }
}

}  // namespace world
