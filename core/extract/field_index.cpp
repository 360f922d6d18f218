#define HWY_WANT_AVX3_DL  // what compresses bytes: not built by default
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "extract/field_index.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <bit>

#include "extract/field_index.h"
#include "extract/simd_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace caseaudit::extract::HWY_NAMESPACE {

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
using Sixteen = HWY_CAPPED(std::uint32_t, 16);

HWY_INLINE void write_sixteen(hn::Vec<Sixteen> positions, const CellBounds& bounds, std::size_t at) {
    const Sixteen sixteen;
    hn::StoreU(positions, sixteen, bounds.ends + at);
    hn::StoreU(hn::Add(positions, hn::Set(sixteen, 1)), sixteen, bounds.starts + at + 1);
}
#endif

// Writes base + (number of each set bit) as the ends of cells from `at` on, and some more, without a branch
// for each bit, which would often be guessed wrongly; and where the cells after them start.
HWY_INLINE void write_positions(std::uint64_t bits, std::uint32_t base, const CellBounds& bounds,
                                std::size_t at) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3_DL
    const hn::Full512<std::uint8_t> bytes;
    const hn::Full128<std::uint8_t> some;
    const Sixteen sixteen;
    const auto wanted = hn::LoadMaskBits(bytes, reinterpret_cast<const std::uint8_t*>(&bits));
    const auto numbers = hn::Compress(hn::Iota(bytes, 0), wanted);
    const auto first = hn::Set(sixteen, base);
    const auto take = [&](auto part) HWY_ATTR { return hn::Add(hn::PromoteTo(sixteen, part), first); };
    write_sixteen(take(hn::LowerHalf(hn::LowerHalf(numbers))), bounds, at);
    const auto count = static_cast<std::size_t>(std::popcount(bits));
    if (HWY_LIKELY(count <= 16)) return;
    alignas(64) std::uint8_t rest[64];
    hn::Store(numbers, bytes, rest);
    for (std::size_t i = 16; i < count; i += 16)
        write_sixteen(take(hn::Load(some, rest + i)), bounds, at + i);
#elif HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
    const Sixteen sixteen;
    for (std::uint32_t part = 0; part < 64; part += 16) {
        const auto some = static_cast<std::uint16_t>(bits >> part);
        const auto wanted = hn::LoadMaskBits(sixteen, reinterpret_cast<const std::uint8_t*>(&some));
        write_sixteen(hn::Compress(hn::Iota(sixteen, base + part), wanted), bounds, at);
        at += static_cast<std::size_t>(std::popcount(some));
    }
#else
    do {
        for (std::size_t i = 0; i < 8; ++i) {
            const std::uint32_t position = base + static_cast<std::uint32_t>(std::countr_zero(bits));
            bounds.ends[at + i] = position;
            bounds.starts[at + i + 1] = position + 1;
            bits &= bits - 1;
        }
        at += 8;
    } while (bits != 0);
#endif
}

template <bool lone_returns>
FieldIndex index(const char* text, std::size_t length, char separator, const CellBounds& bounds) {
    FieldIndex result;
    bounds.starts[0] = 0;
    std::uint64_t inside_carry = 0;  // all ones while a quote is open
    std::uint64_t closed_carry = 0;  // 1 if the last byte was a closing quote
    std::uint64_t any_quote = 0;
    std::uint64_t any_doubled = 0;
    std::uint64_t any_break_inside = 0;
    for (std::size_t i = 0; i < length; i += 64) {
        const Word word = load_word(text + i);
        const std::uint64_t valid =
            length - i >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (length - i)) - 1;
        const std::uint64_t quotes = bits_equal(word, '"') & valid;
        const std::uint64_t feeds = bits_equal(word, '\n');
        std::uint64_t ends = feeds;
        if constexpr (lone_returns) {
            const std::uint64_t following = std::uint64_t{text[i + 64] == '\n'} << 63;
            ends |= bits_equal(word, '\r') & ~(feeds >> 1 | following);
        }
        ends &= valid;
        std::uint64_t fields = bits_equal(word, separator) & valid;
        if (HWY_UNLIKELY((quotes | inside_carry) != 0)) {
            const std::uint64_t inside = running_parity(quotes) ^ inside_carry;
            const std::uint64_t closed = quotes & ~inside;
            any_doubled |= quotes & inside & (closed << 1 | closed_carry);
            closed_carry = closed >> 63;
            inside_carry = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
            any_quote |= quotes;
            any_break_inside |= (ends | bits_equal(word, '\r')) & inside & valid;
            ends &= ~inside;
            fields &= ~inside;
        } else {
            closed_carry = 0;
        }
        fields |= ends;
        write_positions(fields, static_cast<std::uint32_t>(i), bounds, result.cells);
        result.cells += static_cast<std::size_t>(std::popcount(fields));
        result.terminators += static_cast<std::size_t>(std::popcount(ends));
    }
    result.quotes = any_quote != 0;
    result.doubled_quotes = any_doubled != 0;
    result.breaks_in_quotes = any_break_inside != 0;
    return result;
}

FieldIndex index_plain(const char* text, std::size_t length, char separator, const CellBounds& bounds) {
    return index<false>(text, length, separator, bounds);
}

FieldIndex index_with_returns(const char* text, std::size_t length, char separator,
                              const CellBounds& bounds) {
    return index<true>(text, length, separator, bounds);
}

}  // namespace caseaudit::extract::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace caseaudit::extract {

HWY_EXPORT(index_plain);
HWY_EXPORT(index_with_returns);

FieldIndex index_fields(const char* text, std::size_t length, char separator, bool lone_returns,
                        const CellBounds& bounds) {
    if (lone_returns) return HWY_DYNAMIC_DISPATCH(index_with_returns)(text, length, separator, bounds);
    return HWY_DYNAMIC_DISPATCH(index_plain)(text, length, separator, bounds);
}

}  // namespace caseaudit::extract
#endif
