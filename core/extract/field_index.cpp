#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "extract/field_index.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <bit>

#include "extract/field_index.h"
#include "extract/simd_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace caseaudit::extract::HWY_NAMESPACE {

// Writes base + (number of each set bit) and some more, without a branch for each bit, which would often be
// guessed wrongly.
HWY_INLINE void write_positions(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
    const HWY_CAPPED(std::uint32_t, 16) sixteen;
    for (std::uint32_t part = 0; part < 64; part += 16) {
        const auto some = static_cast<std::uint16_t>(bits >> part);
        const auto wanted = hn::LoadMaskBits(sixteen, reinterpret_cast<const std::uint8_t*>(&some));
        hn::StoreU(hn::Compress(hn::Iota(sixteen, base + part), wanted), sixteen, out);
        out += std::popcount(some);
    }
#else
    do {
        for (int i = 0; i < 8; ++i) {
            out[i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
            bits &= bits - 1;
        }
        out += 8;
    } while (bits != 0);
#endif
}

template <bool lone_returns>
FieldIndex index(const char* text, std::size_t length, char separator, std::uint32_t* positions) {
    FieldIndex result;
    std::uint32_t* out = positions;
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
        write_positions(fields, static_cast<std::uint32_t>(i), out);
        out += std::popcount(fields);
        result.terminators += static_cast<std::size_t>(std::popcount(ends));
    }
    result.positions = static_cast<std::size_t>(out - positions);
    result.quotes = any_quote != 0;
    result.doubled_quotes = any_doubled != 0;
    result.breaks_in_quotes = any_break_inside != 0;
    return result;
}

FieldIndex index_plain(const char* text, std::size_t length, char separator, std::uint32_t* positions) {
    return index<false>(text, length, separator, positions);
}

FieldIndex index_with_returns(const char* text, std::size_t length, char separator,
                              std::uint32_t* positions) {
    return index<true>(text, length, separator, positions);
}

}  // namespace caseaudit::extract::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace caseaudit::extract {

HWY_EXPORT(index_plain);
HWY_EXPORT(index_with_returns);

FieldIndex index_fields(const char* text, std::size_t length, char separator, bool lone_returns,
                        std::uint32_t* positions) {
    if (lone_returns) return HWY_DYNAMIC_DISPATCH(index_with_returns)(text, length, separator, positions);
    return HWY_DYNAMIC_DISPATCH(index_plain)(text, length, separator, positions);
}

}  // namespace caseaudit::extract
#endif
