#include "expression/kernel.h"
#include "expression/kernels.h"
#include "expression/runtime.h"

namespace caseaudit::expression::kernels {
namespace {

void text_in_set(const KernelCall& call) {
    const IdSet& texts = call.runtime.set(call.node.a).texts;
    each<std::int8_t, std::int32_t>(call, [&texts](std::int32_t id) -> std::int8_t {
        return absent(id) ? unknown_boolean : static_cast<std::int8_t>(texts.contains(id));
    });
}

template <class T, class Number>
void find_in(const KernelCall& call, const std::vector<Number>& numbers) {
    each<std::int8_t, T>(call, [&numbers](T value) -> std::int8_t {
        if (absent(value)) return unknown_boolean;
        return static_cast<std::int8_t>(std::binary_search(numbers.begin(), numbers.end(), Number{value}));
    });
}

}  // namespace

void in_nothing(const KernelCall& call) {
    std::fill_n(call.out<std::int8_t>(), call.size, std::int8_t{0});
}

Kernel in_set(Kind kind) {
    if (kind == Kind::text) return text_in_set;
    if (kind == Kind::decimal)
        return [](const KernelCall& call) { find_in<double>(call, call.runtime.set(call.node.a).decimals); };
    return with_type_of(kind, [](auto example) -> Kernel {
        using T = decltype(example);
        return [](const KernelCall& call) {
            if constexpr (std::is_integral_v<T>) find_in<T>(call, call.runtime.set(call.node.a).integers);
        };
    });
}

}  // namespace caseaudit::expression::kernels
