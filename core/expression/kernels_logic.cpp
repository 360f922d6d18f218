#include "expression/kernel.h"
#include "expression/kernels.h"
#include "expression/runtime.h"

namespace caseaudit::expression::kernels {

void logical_and(const KernelCall& call) {
    each<std::int8_t, std::int8_t, std::int8_t>(call, [](std::int8_t a, std::int8_t b) -> std::int8_t {
        const std::int8_t decided = ((a < 0) | (b < 0)) ? unknown_boolean : 1;
        return ((a == 0) | (b == 0)) ? 0 : decided;
    });
}

void logical_or(const KernelCall& call) {
    each<std::int8_t, std::int8_t, std::int8_t>(call, [](std::int8_t a, std::int8_t b) -> std::int8_t {
        const std::int8_t decided = ((a < 0) | (b < 0)) ? unknown_boolean : 0;
        return ((a == 1) | (b == 1)) ? 1 : decided;
    });
}

void logical_not(const KernelCall& call) {
    each<std::int8_t, std::int8_t>(call, [](std::int8_t a) -> std::int8_t {
        return a < 0 ? unknown_boolean : static_cast<std::int8_t>(a ^ 1);
    });
}

Kernel select(Kind kind) {
    return with_type_of(kind, [](auto example) -> Kernel {
        using T = decltype(example);
        return [](const KernelCall& call) {
            each<T, std::int8_t, T, T>(call, [](std::int8_t condition, T a, T b) {
                return condition < 0 ? missing_value<T>() : condition ? a : b;
            });
        };
    });
}

Kernel coalesce(Kind kind) {
    if (kind == Kind::text)
        return [](const KernelCall& call) {
            const IdSet* codes = call.runtime.codes(call.node.a);
            each<std::int32_t, std::int32_t, std::int32_t>(call, [codes](std::int32_t a, std::int32_t b) {
                return absent(a) || (codes && !codes->contains(a)) ? b : a;
            });
        };
    return with_type_of(kind, [](auto example) -> Kernel {
        using T = decltype(example);
        return
            [](const KernelCall& call) { each<T, T, T>(call, [](T a, T b) { return absent(a) ? b : a; }); };
    });
}

void integer_to_decimal(const KernelCall& call) {
    each<double, std::int64_t>(
        call, [](std::int64_t a) { return absent(a) ? state_of<double>(a) : static_cast<double>(a); });
}

}  // namespace caseaudit::expression::kernels
