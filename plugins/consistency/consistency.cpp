// consistency: do things that are recorded agree with each other? A value that cannot be read agrees and
// disagrees with nothing: undecided. A code that is not on its list can be read, and is compared as it
// stands.
#include <caseaudit/sdk.hpp>

#include <optional>

namespace {
using namespace caseaudit::sdk;

bool is_number(Type type) {
    return type == Type::integer || type == Type::decimal;
}
bool comparable(Type left, Type right) {
    return left == right || (is_number(left) && is_number(right));
}

struct Equal {
    static constexpr auto name = "equal";
    static constexpr auto description = "Two values are the same.";
    Expression<Value> left, right;
    Constant<std::string> missing_is;
    static constexpr auto parameters = std::tuple{
        required(&Equal::left, "left", "The one."),
        required(&Equal::right, "right", "The other, of the same type."),
        optional(&Equal::missing_is, "missing_is",
                 "undecided: a missing value cannot be compared; value: two missing ones are the same, "
                 "and one missing differs from one that is there.")
            .otherwise("undecided")};

    void prepare(const Context&) {
        missing_is_a_value_ = choice(missing_is, "missing_is", {"undecided", "value"}) == 1;
        if (!comparable(left.type(), right.type())) throw Refusal("right", "is not of the type of left");
    }
    Verdict judge(const Row& row) const {
        const auto one = row[left], other = row[right];
        const auto unreadable = [](const Cell<Value>& cell) { return cell.invalid() && !cell.known(); };
        if (unreadable(one) || unreadable(other)) return row.undecided();
        if (one.missing() || other.missing()) {
            if (!missing_is_a_value_) return row.undecided();
            return one.missing() == other.missing() ? row.passes() : row.fails();
        }
        return compare(*one, *other) == 0 ? row.passes() : row.fails();
    }

  private:
    bool missing_is_a_value_ = false;
};

struct Order {
    static constexpr auto name = "order";
    static constexpr auto description = "Two dates or numbers come in order.";
    Expression<Value> first, then;
    Constant<bool> allow_equal;
    static constexpr auto parameters = std::tuple{
        required(&Order::first, "first", "What comes first, or is less."),
        required(&Order::then, "then", "What comes then, or is more; of the same type."),
        optional(&Order::allow_equal, "allow_equal", "Whether both may be the same.").otherwise(true)};
    static constexpr std::array evidence = {
        shows<std::int64_t>("days", "For dates: days by which the second comes before the first.")};

    void prepare(const Context&) const {
        if (!is_number(first.type()) && first.type() != Type::date)
            throw Refusal("first", "must be a number or a date");
        if (!comparable(first.type(), then.type())) throw Refusal("then", "is not of the type of first");
    }
    Verdict judge(const Row& row) const {
        const auto earlier = row[first], later = row[then];
        if (!earlier || !later) return row.undecided();
        const auto order = compare(*earlier, *later);
        if (order < 0 || (order == 0 && *allow_equal)) return row.passes();
        if (earlier->type != Type::date) return row.fails();
        return row.fails({{"days", earlier->integer - later->integer}});
    }
};

struct Same {
    static constexpr auto name = "constant";
    static constexpr auto description = "A value is the same in all rows of a case.";
    Expression<Value> value;
    static constexpr auto parameters = std::tuple{required(
        &Same::value, "value",
        "What must not change. Rows that differ from the first row of the case that has it fail; rows "
        "where it is missing or invalid are undecided.")};

    void judge(const Case& rows) const {
        std::optional<Value> known;
        for (const Row row : rows) {
            const auto found = row[value];
            if (!found.known())
                row.undecided();
            else if (!known)
                known = *found;
            else if (!(*found == *known))
                row.fails();
        }
    }
};

}  // namespace

CASEAUDIT_PLUGIN("consistency", "0.1.0", "Do records agree with each other.", Equal, Order, Same)
