// Which of Highway's targets this processor has, asked once. Highway's own library asks too, but times the
// processor's clock as it is loaded: 4 ms of every start of the program, for benchmarks that we have no use
// for. Its headers need these two functions and nothing else of it.
#include <hwy/targets.h>

#include <atomic>
#include <cstdint>

namespace hwy {
namespace {

#if HWY_ARCH_X86 && defined(__GNUC__)
// The names that both GCC 12 and Clang 14 know. Processors with AVX2 also convert half floats and count
// leading zeros; those with AVX3_DL's instructions have vector AES.
std::int64_t supported() {
    std::int64_t targets = 0;
    if (!__builtin_cpu_supports("ssse3")) return targets;
    targets |= HWY_SSSE3;
    if (!__builtin_cpu_supports("sse4.2") || !__builtin_cpu_supports("pclmul") ||
        !__builtin_cpu_supports("aes"))
        return targets;
    targets |= HWY_SSE4;
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
        !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("fma"))
        return targets;
    targets |= HWY_AVX2;
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512vl") ||
        !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("avx512cd"))
        return targets;
    targets |= HWY_AVX3;
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("vpclmulqdq") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
        __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512bitalg") &&
        __builtin_cpu_supports("gfni"))
        targets |= HWY_AVX3_DL;
    return targets;
}
#else
std::int64_t supported() {
    return HWY_STATIC_TARGET;
}
#endif

std::atomic<std::int64_t> only_in_test{0};  // 0: all that there are

}  // namespace

std::int64_t SupportedTargets() {
    static const std::int64_t targets = supported();
    const std::int64_t only = only_in_test;
    return only == 0 ? targets : only;
}

ChosenTarget& GetChosenTarget() {
    static ChosenTarget chosen;
    return chosen;
}

void SetSupportedTargetsForTest(std::int64_t targets) {
    only_in_test = targets;
    GetChosenTarget().DeInit();
}

}  // namespace hwy
