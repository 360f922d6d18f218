#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "casebook/cell_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "casebook/cell_kernels.h"
#include "casebook/date_cell.h"
#include "casebook/short_text.h"

HWY_BEFORE_NAMESPACE();
namespace caseaudit::casebook::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Words = HWY_CAPPED(std::uint64_t, 8);
using Word = hn::Vec<Words>;

struct alignas(64) Lanes {
    PerCell<std::uint64_t> at;
    HWY_INLINE Word load(std::uint32_t first) const { return hn::Load(Words(), at.data() + first); }
    // Fills what the last register holds beyond the run's cells.
    HWY_INLINE void pad(std::uint32_t count, std::uint64_t value) {
        for (std::size_t i = 0; i < hn::Lanes(Words()); ++i) at[count + i] = value;
    }
};

template <class Mask>
HWY_INLINE std::uint64_t bits_of(Mask mask) {
    std::uint64_t bits = 0;
    hn::StoreMaskBits(Words(), mask, reinterpret_cast<std::uint8_t*>(&bits));
    return bits;
}

// Appends the numbers of the lanes whose flag is set; seldom are there any.
template <class Mask>
HWY_INLINE void note_others(Mask mask, std::uint32_t first, Others& others) {
    if (HWY_LIKELY(hn::AllFalse(Words(), mask))) return;
    for (std::uint64_t bits = bits_of(mask); bits != 0; bits &= bits - 1)
        others.cells[others.count++] =
            static_cast<std::uint16_t>(first + static_cast<std::uint32_t>(__builtin_ctzll(bits)));
}

void words_of(const CellRun& cells, PerCell<std::uint64_t>& words, Others& others) {
    Lanes loaded, filled;  // `filled` has ones above the cell's end, and is 0 for a longer cell
    for (std::size_t i = 0, at = 0; i < cells.count; ++i, at += cells.stride) {
        const std::uint32_t start = cells.starts[at], size = cells.ends[at] - start;
        const std::uint64_t word = load_eight(cells.text + start);
        const std::uint64_t above = size >= 8 ? 0 : ~std::uint64_t{0} << (size * 8);
        filled.at[i] = size > 8 ? 0 : word | above;
        loaded.at[i] = word & ~above;
    }
    filled.pad(cells.count, ~std::uint64_t{0});
    loaded.pad(cells.count, 0);
    const Words wide;
    const Word top = hn::Set(wide, 0x8080808080808080), above_space = hn::Set(wide, 0x2121212121212121);
    others.count = 0;
    for (std::uint32_t i = 0; i < cells.count; i += hn::Lanes(wide)) {
        const Word full = filled.load(i);
        const Word cell = loaded.load(i);
        // A byte that is at most a space borrows into its top bit; one beyond ASCII has it.
        const Word marked = hn::Or(hn::AndNot(full, hn::Sub(full, above_space)), cell);
        const auto other = hn::Ne(hn::And(marked, top), hn::Zero(wide));
        hn::StoreU(hn::IfThenZeroElse(other, cell), wide, words.data() + i);
        note_others(other, i, others);
    }
}

HWY_INLINE Word ten_times(Word word) {
    return hn::Add(hn::ShiftLeft<3>(word), hn::ShiftLeft<1>(word));
}

template <int number>
HWY_INLINE Word byte_of(Word word) {
    return hn::And(hn::ShiftRight<number * 8>(word), hn::Set(Words(), 255));
}

// Eight bytes dd/mm/yy and two more; clears `real` where that is no date, and gives 0 there.
HWY_INLINE Word days_of(Word head, Word tail, hn::Mask<Words>& real) {
    const Words wide;
    const hn::RebindToSigned<Words> with_sign;
    // Digits become 0 to 9, the strokes 0; whatever else there is sets the top bit of its byte.
    head = hn::Xor(head, hn::Set(wide, 0x30302F30302F3030));
    tail = hn::Xor(tail, hn::Set(wide, 0x3030));
    const Word bad = hn::And(hn::Or(hn::Add(head, hn::Set(wide, 0x76767F76767F7676)), head),
                             hn::Set(wide, 0x8080808080808080));
    const Word bad_tail = hn::And(hn::Or(hn::Add(tail, hn::Set(wide, 0x7676)), tail), hn::Set(wide, 0x8080));
    head = hn::Add(ten_times(head), hn::ShiftRight<8>(head));
    const Word day = byte_of<0>(head), month = byte_of<3>(head), century = byte_of<6>(head);
    const Word decade_and_year = hn::Add(ten_times(byte_of<0>(tail)), byte_of<1>(tail));
    const Word year =
        hn::Sub(hn::Add(ten_times(ten_times(century)), decade_and_year), hn::Set(wide, first_year));
    const auto in_table =
        hn::And(hn::Lt(year, hn::Set(wide, last_year - first_year + 1)),
                hn::And(hn::Lt(month, hn::Set(wide, 16)), hn::Eq(hn::Or(bad, bad_tail), hn::Zero(wide))));
    const Word index = hn::IfThenElseZero(in_table, hn::Add(hn::ShiftLeft<4>(year), month));
    const Word found = hn::GatherIndex(wide, months.data(), hn::BitCast(with_sign, index));
    const Word before = hn::Sub(day, hn::Set(wide, 1));
    real = hn::And(hn::And(real, in_table), hn::Lt(before, hn::ShiftRight<32>(found)));
    return hn::IfThenElseZero(real, hn::Add(found, before));
}

template <DateOrder order>
HWY_INLINE void load_dates(const CellRun& cells, Lanes& heads, Lanes& tails, Lanes& sizes) {
    for (std::size_t i = 0, at = 0; i < cells.count; ++i, at += cells.stride) {
        const char* const text = cells.text + cells.starts[at];
        sizes.at[i] = cells.ends[at] - cells.starts[at];
        const std::uint64_t head = load_eight(text), tail = load_eight(text + 2) >> 48;
        if constexpr (order == DateOrder::day_first) {
            heads.at[i] = head;
            tails.at[i] = tail;
        } else {  // put into the other order: "yyyy-mm-", "dd" becomes "dd/mm/yy", "yy"
            constexpr std::uint64_t to_stroke = '-' ^ '/';
            const std::uint64_t month = head >> 40 & 0xFFFF;
            heads.at[i] = tail | ((head >> 32 & 0xFF) ^ to_stroke) << 16 | month << 24 |
                          (head >> 56 ^ to_stroke) << 40 | head << 48;
            tails.at[i] = head >> 16 & 0xFFFF;
        }
    }
}

void dates_of(const CellRun& cells, DateOrder order, PerCell<calendar::Day>& days, States& states,
              Others& others) {
    Lanes heads, tails, sizes;
    if (order == DateOrder::day_first)
        load_dates<DateOrder::day_first>(cells, heads, tails, sizes);
    else
        load_dates<DateOrder::year_first>(cells, heads, tails, sizes);
    sizes.pad(cells.count, 0);
    heads.pad(cells.count, 0);
    tails.pad(cells.count, 0);
    const Words wide;
    others.count = 0;
    for (std::uint32_t i = 0; i < cells.count; i += hn::Lanes(wide)) {
        const Word size = sizes.load(i);
        auto real = hn::Eq(size, hn::Set(wide, 10));
        const Word day = days_of(heads.load(i), tails.load(i), real);
        const auto empty = hn::Eq(size, hn::Zero(wide));
        const hn::Rebind<std::uint32_t, Words> half;
        const hn::Rebind<std::uint8_t, Words> eighth;
        const Word missing = hn::IfThenElseZero(empty, hn::Set(wide, is_missing));
        hn::StoreU(hn::BitCast(hn::Rebind<std::int32_t, Words>(), hn::TruncateTo(half, day)),
                   hn::Rebind<std::int32_t, Words>(), days.data() + i);
        hn::StoreU(hn::TruncateTo(eighth, missing), eighth, states.data() + i);
        note_others(hn::Not(hn::Or(real, empty)), i, others);
    }
}

}  // namespace caseaudit::casebook::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace caseaudit::casebook {

HWY_EXPORT(words_of);
HWY_EXPORT(dates_of);

void load_words(const CellRun& cells, PerCell<std::uint64_t>& words, Others& others) {
    HWY_DYNAMIC_DISPATCH(words_of)(cells, words, others);
}

void read_dates(const CellRun& cells, DateOrder order, PerCell<calendar::Day>& days, States& states,
                Others& others) {
    HWY_DYNAMIC_DISPATCH(dates_of)(cells, order, days, states, others);
}

}  // namespace caseaudit::casebook
#endif
