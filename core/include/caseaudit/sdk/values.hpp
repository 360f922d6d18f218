// The values that checks read and give: dates, durations, cells with their state, evidence.
// Plain values; everything here may be used from any thread.
#pragma once
#include <caseaudit/plugin.h>

#include <compare>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace caseaudit::sdk {

// A day of the proleptic Gregorian calendar.
struct Date {
    std::int32_t days = 0;  // since 1970-01-01
    auto operator<=>(const Date&) const = default;
};
constexpr std::int64_t operator-(Date left, Date right) {
    return std::int64_t{left.days} - right.days;
}  // days
constexpr Date operator+(Date date, std::int32_t days) {
    return {date.days + days};
}
constexpr Date operator-(Date date, std::int32_t days) {
    return {date.days - days};
}

enum class Unit : std::int32_t {
    days = CASEAUDIT_DAYS,
    working_days = CASEAUDIT_WORKING_DAYS,  // by the pack's calendar
    weeks = CASEAUDIT_WEEKS,
    months = CASEAUDIT_MONTHS,
    years = CASEAUDIT_YEARS
};
constexpr std::string_view name(Unit unit) {
    switch (unit) {
        case Unit::days:
            return "days";
        case Unit::working_days:
            return "working days";
        case Unit::weeks:
            return "weeks";
        case Unit::months:
            return "months";
        case Unit::years:
            return "years";
    }
    return "";
}

struct Duration {
    std::int64_t count = 0;
    Unit unit = Unit::days;
    bool operator==(const Duration&) const = default;
};

enum class Type : std::int32_t {
    any = 0,
    boolean = CASEAUDIT_BOOLEAN,
    integer = CASEAUDIT_INTEGER,
    decimal = CASEAUDIT_DECIMAL,
    date = CASEAUDIT_DATE,
    text = CASEAUDIT_TEXT,
    duration = CASEAUDIT_DURATION
};

// Missing: blank, or an expression that is undecided. Invalid: cannot be read as its type.
enum class State : std::uint8_t { present = 0, missing = 1, invalid = 2 };

// A value of any type, for checks that do not care which. Text is borrowed from the batch.
struct Value {
    Type type = Type::any;     // any: no value
    std::int64_t integer = 0;  // also boolean 0/1 and the days of a date
    double decimal = 0;
    std::string_view text;
    bool operator==(const Value&) const = default;
};
// The order of two values of one type; integers and decimals compare as numbers; else unordered.
inline std::partial_ordering compare(const Value& left, const Value& right) {
    const auto numeric = [](Type type) { return type == Type::integer || type == Type::decimal; };
    const auto number = [](const Value& value) {
        return value.type == Type::decimal ? value.decimal : static_cast<double>(value.integer);
    };
    if (left.type != right.type) {
        if (numeric(left.type) && numeric(right.type)) return number(left) <=> number(right);
        return std::partial_ordering::unordered;
    }
    if (left.type == Type::decimal) return left.decimal <=> right.decimal;
    if (left.type == Type::text) return left.text.compare(right.text) <=> 0;  // libc++ 14 has no <=> of texts
    return left.integer <=> right.integer;
}

// A value that may be missing or invalid. `if (cell)` asks whether there is one to use; *cell is that.
// A code that is not on its list is invalid, and yet its text is known: known() tells, *cell is that text.
template <class T>
class Cell {
  public:
    constexpr Cell(State state, T value) : Cell(state, std::move(value), state == State::present) {}
    constexpr Cell(State state, T value, bool known)
        : value_(std::move(value)), state_(state), known_(known) {}
    constexpr State state() const { return state_; }
    constexpr bool present() const { return state_ == State::present; }
    constexpr bool missing() const { return state_ == State::missing; }
    constexpr bool invalid() const { return state_ == State::invalid; }
    constexpr explicit operator bool() const { return present(); }
    constexpr bool known() const { return known_; }
    // Only of a cell whose value is known; else T().
    constexpr const T& operator*() const { return value_; }
    constexpr const T* operator->() const { return &value_; }

  private:
    T value_;
    State state_;
    bool known_;
};

// Which type of the contract a C++ type stands for.
template <class T>
inline constexpr Type type_of = Type::any;
template <>
inline constexpr Type type_of<bool> = Type::boolean;
template <>
inline constexpr Type type_of<std::int64_t> = Type::integer;
template <>
inline constexpr Type type_of<double> = Type::decimal;
template <>
inline constexpr Type type_of<Date> = Type::date;
template <>
inline constexpr Type type_of<std::string_view> = Type::text;
template <>
inline constexpr Type type_of<std::string> = Type::text;
template <>
inline constexpr Type type_of<Duration> = Type::duration;

inline caseaudit_string borrow(std::string_view text) {
    return {text.data(), text.size()};
}
inline std::string_view view(caseaudit_string text) {
    return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

// One named value of a failure: {"late", 3}. Text is borrowed until the verdict is given.
struct Evidence : caseaudit_evidence {
    Evidence(std::string_view evidence_name, bool flag) : Evidence(evidence_name, CASEAUDIT_BOOLEAN) {
        value.as.integer = flag;
    }
    template <std::integral T>
    requires(!std::same_as<T, bool>) Evidence(std::string_view evidence_name, T number)
        : Evidence(evidence_name, CASEAUDIT_INTEGER) {
        value.as.integer = static_cast<std::int64_t>(number);
    }
    Evidence(std::string_view evidence_name, double number) : Evidence(evidence_name, CASEAUDIT_DECIMAL) {
        value.as.decimal = number;
    }
    Evidence(std::string_view evidence_name, Date date) : Evidence(evidence_name, CASEAUDIT_DATE) {
        value.as.integer = date.days;
    }
    Evidence(std::string_view evidence_name, Duration duration)
        : Evidence(evidence_name, CASEAUDIT_DURATION) {
        value.unit = static_cast<std::int32_t>(duration.unit);
        value.as.integer = duration.count;
    }
    Evidence(std::string_view evidence_name, std::string_view text)
        : Evidence(evidence_name, CASEAUDIT_TEXT) {
        value.as.text = borrow(text);
    }
    Evidence(std::string_view evidence_name, const char* text)
        : Evidence(evidence_name, std::string_view(text)) {}
    Evidence(std::string_view evidence_name, const std::string& text)
        : Evidence(evidence_name, std::string_view(text)) {}
    Evidence(std::string_view evidence_name, const Value& any)
        : Evidence(evidence_name, static_cast<caseaudit_type>(any.type)) {
        if (any.type == Type::text)
            value.as.text = borrow(any.text);
        else if (any.type == Type::decimal)
            value.as.decimal = any.decimal;
        else
            value.as.integer = any.integer;
    }
    // A cell that holds no value is shown as missing.
    template <class T>
    Evidence(std::string_view evidence_name, const Cell<T>& cell)
        : Evidence(cell ? Evidence(evidence_name, *cell) : Evidence(evidence_name, caseaudit_type{})) {}

  private:
    Evidence(std::string_view evidence_name, caseaudit_type type) {
        name = borrow(evidence_name);
        value.type = type;
        value.unit = 0;
        value.as.text = {nullptr, 0};  // all of the union
    }
};
static_assert(sizeof(Evidence) == sizeof(caseaudit_evidence));

// Thrown by a check that cannot work as configured (in prepare) or cannot judge a batch. Names the
// parameter that is to blame, if one is; the host points into the rule pack.
class Refusal : public std::runtime_error {
  public:
    Refusal(std::string parameter, const std::string& message)
        : std::runtime_error(message), parameter_(std::move(parameter)) {}
    const std::string& parameter() const { return parameter_; }

  private:
    std::string parameter_;
};

}  // namespace caseaudit::sdk
