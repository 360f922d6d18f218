// Missing and invalid as they are coded into values. Private to expression/.
#pragma once
#include <bit>
#include <cstdint>

#include "expression/expression.h"

namespace caseaudit::expression {

inline constexpr std::uint64_t missing_bits = 0x7ff8000000000001, invalid_bits = 0x7ff8000000000002;

template <class T>
constexpr T missing_value() {
    return std::numeric_limits<T>::min();
}
template <>
constexpr double missing_value<double>() {
    return std::bit_cast<double>(missing_bits);
}
template <class T>
constexpr T invalid_value() {
    return static_cast<T>(std::numeric_limits<T>::min() + 1);
}
template <>
constexpr double invalid_value<double>() {
    return std::bit_cast<double>(invalid_bits);
}

// Comparing bit patterns: NaN is not equal to itself.
template <class T>
constexpr bool is_missing_state(T value) {
    return value == missing_value<T>();
}
template <>
constexpr bool is_missing_state(double value) {
    return std::bit_cast<std::uint64_t>(value) == missing_bits;
}
template <class T>
constexpr bool is_invalid_state(T value) {
    return value == invalid_value<T>();
}
template <>
constexpr bool is_invalid_state(double value) {
    return std::bit_cast<std::uint64_t>(value) == invalid_bits;
}

// Missing or invalid.
template <class T>
constexpr bool absent(T value) {
    return value <= invalid_value<T>();
}
template <>
constexpr bool absent(double value) {
    return value != value;
}

// What an operation on absent values gives: invalid when a value is, else missing.
template <class R, class A>
constexpr R state_of(A a) {
    return is_invalid_state(a) ? invalid_value<R>() : missing_value<R>();
}
template <class R, class A, class B>
constexpr R state_of(A a, B b) {
    return is_invalid_state(a) || is_invalid_state(b) ? invalid_value<R>() : missing_value<R>();
}

// An integer result that is not mistaken for a state.
constexpr std::int64_t clear_of_states(std::int64_t value) {
    return value <= invalid64 ? missing64 : value;
}
// Dates that the language can hold: 1 January 1800 to 31 December 2300.
inline constexpr calendar::Day first_day = calendar::day_number(1800, 1, 1),
                               last_day = calendar::day_number(2300, 12, 31);
constexpr std::int32_t within_calendar(std::int64_t day) {
    return day < first_day || day > last_day ? missing32 : static_cast<std::int32_t>(day);
}
// Of a day that no calendar has, or that is not between the two, missing.
inline std::int32_t find_day(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year < 1800 || year > 2300 || month < 1 || month > 12 || day < 1) return missing32;
    const int y = static_cast<int>(year), m = static_cast<int>(month);
    return day > calendar::days_in_month(y, m) ? missing32
                                               : calendar::day_number(y, m, static_cast<int>(day));
}

}  // namespace caseaudit::expression
