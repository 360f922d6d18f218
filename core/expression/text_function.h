// Loops of text functions: the function runs once for each distinct text, as far as the cache remembers.
// Private to expression/.
#pragma once
#include <bit>

#include "expression/kernel.h"
#include "expression/runtime.h"

namespace caseaudit::expression {

template <class R>
std::uint64_t to_bits(R result) {
    if constexpr (sizeof(R) == 8)
        return std::bit_cast<std::uint64_t>(result);
    else
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(result));
}
template <class R>
R from_bits(std::uint64_t bits) {
    if constexpr (sizeof(R) == 8)
        return std::bit_cast<R>(bits);
    else
        return static_cast<R>(static_cast<std::int64_t>(bits));
}

// R f(std::string_view) of every text; absent texts give their state.
template <class R, class F>
void over_texts(const KernelCall& call, F f) {
    ResultCache& cache = call.runtime.cache(call.id);
    std::uint8_t& scattered = call.runtime.scattered(call.id);
    if (scattered != 0 && !call.inputs[0].scalar)
        call.runtime.casebook().fetch_texts({call.in<std::int32_t>(0), call.size});
    std::uint32_t missed = 0;
    each<R, std::int32_t>(call, [&](std::int32_t id) -> R {
        if (absent(id)) return state_of<R>(id);
        bool known;
        std::uint64_t& slot = cache.slot(static_cast<std::uint32_t>(id), known);
        missed += !known;
        if (!known) slot = to_bits<R>(f(call.runtime.text(id)));
        return from_bits<R>(slot);
    });
    scattered = missed > call.size / 2;
}

// The same of two texts.
template <class R, class F>
void over_text_pairs(const KernelCall& call, F f) {
    ResultCache& cache = call.runtime.cache(call.id);
    each<R, std::int32_t, std::int32_t>(call, [&](std::int32_t a, std::int32_t b) -> R {
        if (absent(a) || absent(b)) return state_of<R>(a, b);
        bool known;
        const std::uint64_t key = static_cast<std::uint64_t>(a) << 32 | static_cast<std::uint32_t>(b);
        std::uint64_t& slot = cache.slot(key, known);
        if (!known) slot = to_bits<R>(f(call.runtime.text(a), call.runtime.text(b)));
        return from_bits<R>(slot);
    });
}

}  // namespace caseaudit::expression
