// How a kernel, the code of one operation over arrays, is called, and loops that kernels are written with.
// Private to expression/.
#pragma once
#include <cstdint>

#include "expression/graph.h"
#include "expression/states.h"

namespace caseaudit::expression {

class Runtime;

// A value for each element, or (scalar) one for all.
struct Input {
    const void* data = nullptr;
    bool scalar = false;
};

struct KernelCall {
    const Input* inputs;
    std::uint32_t count;  // of inputs
    std::uint32_t size;   // elements to compute
    void* output;         // size elements of the node's kind; aliases no input
    const Node& node;
    NodeId id;
    Runtime& runtime;

    template <class T>
    const T* in(std::uint32_t i) const {
        return static_cast<const T*>(inputs[i].data);
    }
    template <class T>
    T* out() const {
        return static_cast<T*>(output);
    }
};

// Steps over an input, scalar or not.
template <class T>
class Stepped {
  public:
    Stepped(const KernelCall& call, std::uint32_t i)
        : data_(call.in<T>(i)), step_(call.inputs[i].scalar ? 0 : 1) {}
    T operator[](std::uint32_t i) const { return data_[i * step_]; }

  private:
    const T* data_;
    std::uint32_t step_;
};

template <class R, class A, class F>
void each(const KernelCall& call, F f) {
    const A* __restrict a = call.in<A>(0);
    R* __restrict out = call.out<R>();
    const std::uint32_t size =
        call.size;  // a copy: bytes written could be the call's, for all the compiler knows
    if (call.inputs[0].scalar) {
        const R one = f(a[0]);
        for (std::uint32_t i = 0; i < size; ++i) out[i] = one;
        return;
    }
    for (std::uint32_t i = 0; i < size; ++i) out[i] = f(a[i]);
}

// Three loops, so that the compiler can make vector code of each.
template <class R, class A, class B, class F>
void each(const KernelCall& call, F f) {
    const A* __restrict a = call.in<A>(0);
    const B* __restrict b = call.in<B>(1);
    R* __restrict out = call.out<R>();
    const std::uint32_t size = call.size;
    if (call.inputs[1].scalar) {
        const B one = b[0];
        if (call.inputs[0].scalar) {
            const R result = f(a[0], one);
            for (std::uint32_t i = 0; i < size; ++i) out[i] = result;
            return;
        }
        for (std::uint32_t i = 0; i < size; ++i) out[i] = f(a[i], one);
    } else if (call.inputs[0].scalar) {
        const A one = a[0];
        for (std::uint32_t i = 0; i < size; ++i) out[i] = f(one, b[i]);
    } else {
        for (std::uint32_t i = 0; i < size; ++i) out[i] = f(a[i], b[i]);
    }
}

template <class R, class A, class B, class C, class F>
void each(const KernelCall& call, F f) {
    const Stepped<A> a(call, 0);
    const Stepped<B> b(call, 1);
    const Stepped<C> c(call, 2);
    R* __restrict out = call.out<R>();
    const std::uint32_t size = call.size;
    for (std::uint32_t i = 0; i < size; ++i) out[i] = f(a[i], b[i], c[i]);
}

// Calls f with a value of the C++ type that holds the kind.
template <class F>
auto with_type_of(Kind kind, F f) {
    switch (width(kind)) {
        case 1:
            return f(std::int8_t{});
        case 4:
            return f(std::int32_t{});
        default:
            return kind == Kind::decimal ? f(double{}) : f(std::int64_t{});
    }
}

}  // namespace caseaudit::expression
