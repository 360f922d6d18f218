// 64 bytes as masks of 64 bits. Included once for each instruction set, see field_index.cpp and survey.cpp.
#if defined(CASEAUDIT_EXTRACT_SIMD_BITS) == defined(HWY_TARGET_TOGGLE)
#ifdef CASEAUDIT_EXTRACT_SIMD_BITS
#undef CASEAUDIT_EXTRACT_SIMD_BITS
#else
#define CASEAUDIT_EXTRACT_SIMD_BITS
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace caseaudit::extract::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = HWY_CAPPED(std::uint8_t, 64);

// 64 bytes of text in as many registers as they need.
struct Word {
    static constexpr std::size_t lanes = HWY_MIN(64, HWY_LANES(std::uint8_t));
    static constexpr std::size_t parts = 64 / lanes;
    hn::Vec<Bytes> part[parts];
};

HWY_INLINE Word load_word(const char* text) {
    Word word;
    for (std::size_t i = 0; i < Word::parts; ++i)
        word.part[i] = hn::LoadU(Bytes(), reinterpret_cast<const std::uint8_t*>(text) + i * Word::lanes);
    return word;
}

template <class Test>
HWY_INLINE std::uint64_t bits_where(const Word& word, Test test) {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < Word::parts; ++i) {
        std::uint64_t bits = 0;
        hn::StoreMaskBits(Bytes(), test(word.part[i]), reinterpret_cast<std::uint8_t*>(&bits));
        result |= bits << (i * Word::lanes % 64);
    }
    return result;
}

HWY_INLINE std::uint64_t bits_equal(const Word& word, char value) {
    const auto wanted = hn::Set(Bytes(), static_cast<std::uint8_t>(value));
    return bits_where(word, [&](auto part) HWY_ATTR { return hn::Eq(part, wanted); });
}

// Each bit becomes the parity of itself and all lower ones: quotes become "from an opening quote up to the
// byte before the closing one".
HWY_INLINE std::uint64_t running_parity(std::uint64_t bits) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_SSE4
    const hn::Full128<std::uint64_t> two;
    return hn::GetLane(hn::CLMulLower(hn::Set(two, bits), hn::Set(two, ~std::uint64_t{0})));
#else
    for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
    return bits;
#endif
}

}  // namespace caseaudit::extract::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
