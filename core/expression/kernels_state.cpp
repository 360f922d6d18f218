#include "expression/kernel.h"
#include "expression/kernels.h"
#include "expression/runtime.h"

namespace caseaudit::expression::kernels {
namespace {

template <class F>
Kernel over_states(Kind kind, F) {
    return with_type_of(kind, [](auto example) -> Kernel {
        using T = decltype(example);
        return [](const KernelCall& call) {
            each<std::int8_t, T>(call, [](T a) { return static_cast<std::int8_t>(F{}(a)); });
        };
    });
}

// Codes: a text that is not on its list is invalid.
template <bool wanted>
void code_state(const KernelCall& call) {
    const IdSet* codes = call.runtime.codes(call.node.a);
    each<std::int8_t, std::int32_t>(call, [codes](std::int32_t a) -> std::int8_t {
        const bool listed = (a >= 0) & (!codes || codes->contains(a));
        return static_cast<std::int8_t>(!is_missing_state(a) & (listed == wanted));
    });
}

struct Missing {
    template <class T>
    bool operator()(T a) const {
        return is_missing_state(a);
    }
};
struct Invalid {
    template <class T>
    bool operator()(T a) const {
        return is_invalid_state(a);
    }
};
struct Present {
    template <class T>
    bool operator()(T a) const {
        return !absent(a);
    }
};

// Missing is a value here; invalid cannot be compared.
template <class T, bool wanted>
void compare_with_missing(const KernelCall& call) {
    each<std::int8_t, T, T>(call, [](T a, T b) -> std::int8_t {
        const bool equal = (is_missing_state(a) & is_missing_state(b)) | (a == b);
        return (is_invalid_state(a) | is_invalid_state(b)) ? unknown_boolean
                                                           : static_cast<std::int8_t>(equal == wanted);
    });
}

}  // namespace

Kernel is_missing(Kind kind) {
    return over_states(kind, Missing{});
}
Kernel is_invalid(Kind kind) {
    return kind == Kind::text ? &code_state<false> : over_states(kind, Invalid{});
}
Kernel is_present(Kind kind) {
    return kind == Kind::text ? &code_state<true> : over_states(kind, Present{});
}
Kernel same(Kind kind) {
    return with_type_of(kind,
                        [](auto example) -> Kernel { return compare_with_missing<decltype(example), true>; });
}
Kernel differs(Kind kind) {
    return with_type_of(
        kind, [](auto example) -> Kernel { return compare_with_missing<decltype(example), false>; });
}

}  // namespace caseaudit::expression::kernels
