#include "expression/kernel.h"
#include "expression/kernels.h"

namespace caseaudit::expression::kernels {
namespace {

template <class T, class F>
void compare_values(const KernelCall& call) {
    each<std::int8_t, T, T>(call, [](T a, T b) -> std::int8_t {
        return (absent(a) | absent(b)) ? unknown_boolean : static_cast<std::int8_t>(F{}(a, b));
    });
}

template <class T>
Kernel compare_type(Comparison comparison) {
    switch (comparison) {
        case Comparison::equal:
            return compare_values<T, std::equal_to<>>;
        case Comparison::unequal:
            return compare_values<T, std::not_equal_to<>>;
        case Comparison::less:
            return compare_values<T, std::less<>>;
        case Comparison::less_or_equal:
            return compare_values<T, std::less_equal<>>;
        case Comparison::greater:
            return compare_values<T, std::greater<>>;
        default:
            return compare_values<T, std::greater_equal<>>;
    }
}

}  // namespace

Kernel compare(Comparison comparison, Kind kind) {
    const bool order = comparison != Comparison::equal && comparison != Comparison::unequal;
    if (kind == Kind::text && order) return compare_texts(comparison);
    return with_type_of(kind,
                        [comparison](auto example) { return compare_type<decltype(example)>(comparison); });
}

}  // namespace caseaudit::expression::kernels
