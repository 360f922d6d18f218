#include <cmath>

#include "expression/kernel.h"
#include "expression/kernels.h"

namespace caseaudit::expression::kernels {
namespace {

// Nothing fails at run time: an overflow or a division by zero is missing.
struct Add {
    std::int64_t operator()(std::int64_t a, std::int64_t b) const {
        std::int64_t result;
        return __builtin_add_overflow(a, b, &result) ? missing64 : clear_of_states(result);
    }
    double operator()(double a, double b) const { return a + b; }
};
struct Subtract {
    std::int64_t operator()(std::int64_t a, std::int64_t b) const {
        std::int64_t result;
        return __builtin_sub_overflow(a, b, &result) ? missing64 : clear_of_states(result);
    }
    double operator()(double a, double b) const { return a - b; }
};
struct Multiply {
    std::int64_t operator()(std::int64_t a, std::int64_t b) const {
        std::int64_t result;
        return __builtin_mul_overflow(a, b, &result) ? missing64 : clear_of_states(result);
    }
    double operator()(double a, double b) const { return a * b; }
};
// Operands are never the lowest integer, so no quotient overflows.
struct Divide {
    std::int64_t operator()(std::int64_t a, std::int64_t b) const { return b == 0 ? missing64 : a / b; }
    double operator()(double a, double b) const { return a / b; }
};
struct Remainder {
    std::int64_t operator()(std::int64_t a, std::int64_t b) const { return b == 0 ? missing64 : a % b; }
    double operator()(double a, double b) const { return std::fmod(a, b); }
};
struct Least {
    template <class T>
    T operator()(T a, T b) const {
        return b < a ? b : a;
    }
};
struct Greatest {
    template <class T>
    T operator()(T a, T b) const {
        return a < b ? b : a;
    }
};

std::int64_t settle(std::int64_t value) {
    return value;
}
std::int32_t settle(std::int32_t value) {
    return value;
}
// -0 becomes 0.
double settle(double value) {
    return std::isfinite(value) ? value + 0.0 : missing_value<double>();
}

template <class T, class F>
void combine(const KernelCall& call) {
    each<T, T, T>(call,
                  [](T a, T b) { return absent(a) || absent(b) ? state_of<T>(a, b) : settle(F{}(a, b)); });
}

template <class F>
Kernel numbers(Kind kind) {
    return kind == Kind::decimal ? &combine<double, F> : &combine<std::int64_t, F>;
}

template <class F>
Kernel numbers_and_dates(Kind kind) {
    return kind == Kind::date ? &combine<std::int32_t, F> : numbers<F>(kind);
}

template <class T>
void negate_values(const KernelCall& call) {
    each<T, T>(call, [](T a) { return absent(a) ? a : settle(Subtract{}(T{}, a)); });
}

template <class T>
void absolute_values(const KernelCall& call) {
    each<T, T>(call, [](T a) { return absent(a) || a >= 0 ? a : static_cast<T>(T{} - a); });
}

}  // namespace

Kernel arithmetic(Arithmetic operation, Kind kind) {
    switch (operation) {
        case Arithmetic::add:
            return numbers<Add>(kind);
        case Arithmetic::subtract:
            return numbers<Subtract>(kind);
        case Arithmetic::multiply:
            return numbers<Multiply>(kind);
        case Arithmetic::divide:
            return numbers<Divide>(kind);
        default:
            return numbers<Remainder>(kind);
    }
}
Kernel negate(Kind kind) {
    return kind == Kind::decimal ? &negate_values<double> : &negate_values<std::int64_t>;
}
Kernel absolute(Kind kind) {
    return kind == Kind::decimal ? &absolute_values<double> : &absolute_values<std::int64_t>;
}
Kernel least(Kind kind) {
    return numbers_and_dates<Least>(kind);
}
Kernel greatest(Kind kind) {
    return numbers_and_dates<Greatest>(kind);
}

void floor_of(const KernelCall& call) {
    each<std::int64_t, double>(call, [](double a) {
        if (absent(a)) return state_of<std::int64_t>(a);
        const double whole = std::floor(a);
        return whole > -9.2e18 && whole < 9.2e18 ? static_cast<std::int64_t>(whole) : missing64;
    });
}

void miles_between(const KernelCall& call) {
    constexpr double metres = 1609.344;  // of the international mile
    const Stepped<std::int64_t> east1(call, 0), north1(call, 1), east2(call, 2), north2(call, 3);
    double* __restrict out = call.out<double>();
    for (std::uint32_t i = 0; i < call.size; ++i) {
        if (absent(east1[i]) || absent(north1[i]) || absent(east2[i]) || absent(north2[i])) {
            out[i] = missing_value<double>();
            continue;
        }
        const double east = static_cast<double>(east1[i]) - static_cast<double>(east2[i]);
        const double north = static_cast<double>(north1[i]) - static_cast<double>(north2[i]);
        out[i] = std::round(std::sqrt(east * east + north * north) / metres * 10) / 10;
    }
}

}  // namespace caseaudit::expression::kernels
