// The parameters of a check: data members that the rule's `with:` fills, and the list that declares them.
// Filled once, before prepare(); afterwards they only answer, so any thread may ask.
#pragma once
#include <caseaudit/sdk/values.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace caseaudit::sdk {

// An expression over the records, evaluated by the host: row[expression] is its cell. T is bool,
// std::int64_t, double, Date, std::string_view, or Value for any of them.
template <class T>
class Expression {
  public:
    static constexpr caseaudit_parameter_kind kind = CASEAUDIT_EXPRESSION;
    using value_type = T;
    bool given() const { return given_; }
    explicit operator bool() const { return given_; }
    std::size_t column() const { return column_; }
    Type type() const { return type_; }                // what the rule's expression is
    const std::string& text() const { return text_; }  // as the rule writes it; may be empty
    void set(const caseaudit_argument& argument) {
        given_ = true;
        column_ = argument.column;
        type_ = static_cast<Type>(argument.type);
        if (argument.texts != nullptr) text_ = view(argument.texts[0]);
    }

  private:
    bool given_ = false;
    std::size_t column_ = 0;
    Type type_ = Type::any;
    std::string text_;
};

// Several expressions: row[list] gives their cells.
template <class T>
class ExpressionList {
  public:
    static constexpr caseaudit_parameter_kind kind = CASEAUDIT_EXPRESSION_LIST;
    using value_type = T;
    bool given() const { return given_; }
    explicit operator bool() const { return given_; }
    std::size_t size() const { return count_; }
    std::size_t column() const { return column_; }  // of the first; the others follow
    const std::string& text(std::size_t i) const { return texts_[i]; }
    void set(const caseaudit_argument& argument) {
        given_ = true;
        column_ = argument.column;
        count_ = argument.count;
        texts_.resize(count_);
        for (std::size_t i = 0; argument.texts != nullptr && i < count_; ++i)
            texts_[i] = view(argument.texts[i]);
    }

  private:
    bool given_ = false;
    std::size_t column_ = 0, count_ = 0;
    std::vector<std::string> texts_;
};

// Value is for columns alone: a constant has a type, which the host holds the rule to.
template <class T>
concept IsConstant = std::same_as<T, bool> || std::same_as<T, std::int64_t> || std::same_as<T, double> ||
    std::same_as<T, Date> || std::same_as<T, std::string> || std::same_as<T, Duration>;

template <IsConstant T>
T read_constant(const caseaudit_value& value, std::string_view parameter) {
    if constexpr (std::is_same_v<T, double>) {  // a whole number is a decimal too
        if (value.type == CASEAUDIT_INTEGER) return static_cast<double>(value.as.integer);
    }
    if (static_cast<Type>(value.type) != type_of<T>)
        throw Refusal(std::string(parameter), "the constant is of another type than the check declares");
    if constexpr (std::is_same_v<T, std::string>) return std::string(view(value.as.text));
    if constexpr (std::is_same_v<T, double>) return value.as.decimal;
    if constexpr (std::is_same_v<T, bool>) return value.as.integer != 0;
    if constexpr (std::is_same_v<T, std::int64_t>) return value.as.integer;
    if constexpr (std::is_same_v<T, Date>) return Date{static_cast<std::int32_t>(value.as.integer)};
    if constexpr (std::is_same_v<T, Duration>)
        return Duration{value.as.integer, static_cast<Unit>(value.unit)};
}

// A value that is known when the pack is loaded. T is bool, std::int64_t, double, Date, std::string or
// Duration. Its default is declared with the parameter, so that it is documented too (see
// Parameter::otherwise), or is the member's own: Constant<bool> strict{false};
template <IsConstant T>
class Constant {
  public:
    static constexpr caseaudit_parameter_kind kind = CASEAUDIT_CONSTANT;
    using value_type = T;
    Constant() = default;
    explicit Constant(T otherwise) : value_(std::move(otherwise)) {}
    bool given() const { return given_; }  // by the rule
    explicit operator bool() const requires(!std::is_same_v<T, bool>) { return value_.has_value(); }
    // Given, or the default; throws when there is neither.
    const T& operator*() const { return value_.value(); }
    const T* operator->() const { return &value_.value(); }
    void set(const caseaudit_argument& argument) {
        given_ = true;
        value_ = read_constant<T>(argument.values[0], view(argument.name));
    }
    void set_default(const caseaudit_value& value) { value_ = read_constant<T>(value, {}); }

  private:
    std::optional<T> value_;
    bool given_ = false;
};

template <IsConstant T>
class ConstantList {
  public:
    static constexpr caseaudit_parameter_kind kind = CASEAUDIT_CONSTANT_LIST;
    using value_type = T;
    bool given() const { return given_; }
    explicit operator bool() const { return given_; }
    const std::vector<T>& operator*() const { return values_; }
    const std::vector<T>* operator->() const { return &values_; }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    std::size_t size() const { return values_.size(); }
    void set(const caseaudit_argument& argument) {
        given_ = true;
        for (std::size_t i = 0; i < argument.count; ++i)
            values_.push_back(read_constant<T>(argument.values[i], view(argument.name)));
    }

  private:
    std::vector<T> values_;
    bool given_ = false;
};

// The position of a word among those that a parameter may be; refuses any other.
inline std::size_t choice(const Constant<std::string>& constant, const char* parameter,
                          std::initializer_list<std::string_view> words) {
    std::string known;
    std::size_t position = 0;
    for (const std::string_view word : words) {
        if (*constant == word) return position;
        known += (position++ == 0 ? "" : ", ") + std::string(word);
    }
    throw Refusal(parameter, "is one of: " + known);
}

// How a default is written down: text as a literal.
template <class T>
using Stated = std::conditional_t<std::is_same_v<T, std::string>, const char*, T>;

template <class T>
constexpr caseaudit_value stated_value(const T& value) {
    caseaudit_value result{};
    result.type = static_cast<std::int32_t>(type_of<T>);
    if constexpr (std::is_same_v<T, const char*>) {
        result.type = CASEAUDIT_TEXT;
        result.as.text = {value, std::char_traits<char>::length(value)};
    } else if constexpr (std::is_same_v<T, double>) {
        result.as.decimal = value;
    } else if constexpr (std::is_same_v<T, Date>) {
        result.as.integer = value.days;
    } else if constexpr (std::is_same_v<T, Duration>) {
        result.as.integer = value.count;
        result.unit = static_cast<std::int32_t>(value.unit);
    } else {
        result.as.integer = value;
    }
    return result;
}

template <class Member>
concept HoldsConstant = Member::kind == CASEAUDIT_CONSTANT;
// Constants that can be held against a least and a most.
template <class Member>
concept HasLimits = (Member::kind == CASEAUDIT_CONSTANT || Member::kind == CASEAUDIT_CONSTANT_LIST) &&
                    (std::same_as<typename Member::value_type, std::int64_t> ||
                     std::same_as<typename Member::value_type, double> ||
                     std::same_as<typename Member::value_type, Duration>);
template <class Member>
concept HasUnits = HoldsConstant<Member> && std::same_as<typename Member::value_type, Duration>;

// One entry of a check's `parameters`: all that there is to say of it, once. What a rule gives is held
// against it when the pack is read, before anything runs, and the error points at the place in the rule.
//     optional(&SeenInTime::within, "within", "The longest time between them.")
//         .at_least(1).at_most(12).in({Unit::weeks, Unit::months}).otherwise({6, Unit::weeks})
template <class Check, class Member>
struct Parameter {
    Member Check::*member;
    caseaudit_parameter schema;

    // Limits of a number, or of the count of a duration, both themselves allowed; of each in a list.
    constexpr Parameter at_least(double value) const requires HasLimits<Member> {
        Parameter limited = *this;
        limited.schema.limits |= CASEAUDIT_AT_LEAST;
        limited.schema.least = value;
        return limited;
    }
    constexpr Parameter at_most(double value) const requires HasLimits<Member> {
        Parameter limited = *this;
        limited.schema.limits |= CASEAUDIT_AT_MOST;
        limited.schema.most = value;
        return limited;
    }
    // The units that a duration may have.
    constexpr Parameter in(std::initializer_list<Unit> allowed) const requires HasUnits<Member> {
        Parameter limited = *this;
        for (const Unit unit : allowed) limited.schema.units |= 1U << static_cast<std::uint32_t>(unit);
        return limited;
    }
    // What the member holds when the rule gives nothing. Only of an optional parameter.
    constexpr Parameter otherwise(Stated<typename Member::value_type> value) const requires
        HoldsConstant<Member> {
        if (schema.required != 0) throw "a required parameter has no default: the rule always gives it";
        Parameter with_default = *this;
        with_default.schema.otherwise = stated_value(value);
        return with_default;
    }
};
template <class Check, class Member>
constexpr Parameter<Check, Member> declared(Member Check::*member, const char* name, const char* description,
                                            bool required) {
    caseaudit_parameter schema{};
    schema.struct_size = sizeof schema;
    schema.kind = Member::kind;
    schema.type = static_cast<std::int32_t>(type_of<typename Member::value_type>);
    schema.required = required;
    schema.name = name;
    schema.description = description;
    return {member, schema};
}
template <class Check, class Member>
constexpr Parameter<Check, Member> required(Member Check::*member, const char* name,
                                            const char* description) {
    return declared(member, name, description, true);
}
template <class Check, class Member>
constexpr Parameter<Check, Member> optional(Member Check::*member, const char* name,
                                            const char* description) {
    return declared(member, name, description, false);
}

// One entry of a check's `evidence`: shows<Date>("due", "The last day that is on time.")
template <class T>
constexpr caseaudit_evidence_schema shows(const char* name, const char* description) {
    return {sizeof(caseaudit_evidence_schema), static_cast<std::int32_t>(type_of<T>), name, description};
}

}  // namespace caseaudit::sdk
