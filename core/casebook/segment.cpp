#include "casebook/segment.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace caseaudit::casebook {
namespace {

template <class From, class To>
void convert(const void* from, void* to, std::uint32_t rows) {
    std::copy_n(static_cast<const From*>(from), rows, static_cast<To*>(to));
}

template <class From>
void convert_from(Storage kind, const void* from, void* to, std::uint32_t rows) {
    switch (width_of(kind)) {
        case 2:
            return convert<From, std::conditional_t<std::is_signed_v<From>, std::int16_t, std::uint16_t>>(
                from, to, rows);
        case 4:
            return convert<From, std::conditional_t<std::is_signed_v<From>, std::int32_t, std::uint32_t>>(
                from, to, rows);
        default:
            return convert<From, std::int64_t>(from, to, rows);
    }
}

template <class From, class To>
void narrow(std::span<const From> from, void* to) {
    To* out = static_cast<To*>(to);
    for (std::size_t i = 0; i < from.size(); ++i) out[i] = static_cast<To>(from[i]);
}

}  // namespace

std::uint32_t room_for(std::uint32_t rows) {
    return std::min(std::bit_ceil(std::max(rows, 1024U)), segment_rows);
}

std::size_t width_of(Storage storage) {
    switch (storage) {
        case Storage::none:
            return 0;
        case Storage::code8:
        case Storage::int8:
        case Storage::boolean8:
            return 1;
        case Storage::code16:
        case Storage::int16:
        case Storage::date16:
            return 2;
        case Storage::code32:
        case Storage::int32:
        case Storage::date32:
        case Storage::postcode32:
            return 4;
        case Storage::int64:
        case Storage::float64:
            return 8;
    }
    return 0;
}

void SegmentColumn::widen(Storage kind) {
    const auto rows = static_cast<std::uint32_t>(values.bytes() / width_of(storage));
    Room wider = memory_->take(rows * width_of(kind));
    switch (storage) {
        case Storage::code8:
            convert_from<std::uint8_t>(kind, values.as<void>(), wider.as<void>(), rows);
            break;
        case Storage::code16:
        case Storage::date16:
            convert_from<std::uint16_t>(kind, values.as<void>(), wider.as<void>(), rows);
            break;
        case Storage::int8:
            convert_from<std::int8_t>(kind, values.as<void>(), wider.as<void>(), rows);
            break;
        case Storage::int16:
            convert_from<std::int16_t>(kind, values.as<void>(), wider.as<void>(), rows);
            break;
        default:
            convert_from<std::int32_t>(kind, values.as<void>(), wider.as<void>(), rows);
            break;
    }
    values = wider;
    storage = kind;
}

// Makes room for `rows` rows of at least this kind's width; new room is zero.
void SegmentColumn::reserve(std::uint32_t rows, Storage kind) {
    if (storage == Storage::none) {
        storage = width_of(likely_storage_) > width_of(kind) ? likely_storage_ : kind;
        values = memory_->take(room_for(std::max(rows, likely_rows_)) * width_of(storage));
        return;
    }
    const auto held = static_cast<std::uint32_t>(values.bytes() / width_of(storage));
    if (rows > held) {
        Room larger = memory_->take(segment_rows * width_of(storage));
        std::memcpy(larger.as<void>(), values.as<void>(), values.bytes());
        values = larger;
    }
    if (width_of(kind) > width_of(storage)) widen(kind);
}

void SegmentColumn::widen_to(Storage kind) {
    if (storage != Storage::none && width_of(kind) > width_of(storage)) widen(kind);
}

void SegmentColumn::append_codes(std::uint32_t first, std::span<const std::uint32_t> codes,
                                 std::uint32_t bound) {
    const Storage kind = bound <= 256 ? Storage::code8 : bound <= 65536 ? Storage::code16 : Storage::code32;
    reserve(first + static_cast<std::uint32_t>(codes.size()), kind);
    switch (width_of(storage)) {
        case 1:
            return narrow<std::uint32_t, std::uint8_t>(codes, values.as<std::uint8_t>() + first);
        case 2:
            return narrow<std::uint32_t, std::uint16_t>(codes, values.as<std::uint16_t>() + first);
        default:
            return narrow<std::uint32_t, std::uint32_t>(codes, values.as<std::uint32_t>() + first);
    }
}

void SegmentColumn::append_numbers(std::uint32_t first, std::span<const std::int64_t> numbers) {
    const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
    const auto fits = [low = *least, high = *most](std::int64_t limit) {
        return low >= -limit - 1 && high <= limit;
    };
    const Storage kind = fits(INT8_MAX)    ? Storage::int8
                         : fits(INT16_MAX) ? Storage::int16
                         : fits(INT32_MAX) ? Storage::int32
                                           : Storage::int64;
    reserve(first + static_cast<std::uint32_t>(numbers.size()), kind);
    switch (width_of(storage)) {
        case 1:
            return narrow<std::int64_t, std::int8_t>(numbers, values.as<std::int8_t>() + first);
        case 2:
            return narrow<std::int64_t, std::int16_t>(numbers, values.as<std::int16_t>() + first);
        case 4:
            return narrow<std::int64_t, std::int32_t>(numbers, values.as<std::int32_t>() + first);
        default:
            return narrow<std::int64_t, std::int64_t>(numbers, values.as<std::int64_t>() + first);
    }
}

void SegmentColumn::append_days(std::uint32_t first, std::span<const calendar::Day> days) {
    std::uint32_t any = 0;
    for (const calendar::Day day : days) any |= static_cast<std::uint32_t>(day);
    const auto end = first + static_cast<std::uint32_t>(days.size());
    reserve(end, any <= UINT16_MAX ? Storage::date16 : Storage::date32);
    if (width_of(storage) == 4)
        std::memcpy(values.as<calendar::Day>() + first, days.data(), days.size_bytes());
    else
        narrow<calendar::Day, std::uint16_t>(days, values.as<std::uint16_t>() + first);
}

void SegmentColumn::append_values(std::uint32_t first, Storage kind, const void* data, std::uint32_t count) {
    reserve(first + count, kind);
    std::memcpy(values.as<char>() + first * width_of(kind), data, count * width_of(kind));
}

void SegmentColumn::append_states(std::uint32_t first, const std::uint8_t* states, std::uint32_t count) {
    // Kernels read a value before they ask whether it is present.
    if (storage != Storage::none) reserve(first + count, storage);
    if (!validity) {
        validity = memory_->take(segment_rows / 8);
        std::memset(validity.as<void>(), 0xFF, segment_rows / 8);
    }
    auto* bits = validity.as<std::uint8_t>();
    std::uint32_t i = 0;
    const auto clear = [&](std::uint32_t end) {
        for (; i < end; ++i) {
            const std::uint32_t row = first + i;
            bits[row >> 3] = static_cast<std::uint8_t>(bits[row >> 3] & ~((states[i] != 0) << (row & 7)));
        }
    };
    clear(std::min(count, (8 - first % 8) % 8));
    for (; i + 8 <= count; i += 8) {
        // Each state is 0, 1 or 2: one bit a byte, gathered by the multiplication.
        std::uint64_t eight = load_eight(reinterpret_cast<const char*>(states + i));
        eight = (eight | eight >> 1) & 0x0101010101010101;
        bits[(first + i) >> 3] = static_cast<std::uint8_t>(~(eight * 0x0102040810204080 >> 56));
    }
    clear(count);
}

void SegmentColumn::append_missing(std::uint32_t first, std::uint32_t count) {
    const std::vector<std::uint8_t> states(count, 1);
    append_states(first, states.data(), count);
}

void SegmentColumn::spell_out(std::uint32_t rows) {
    if (texts == nullptr) return;
    if (storage != Storage::none) {
        Room wide = memory_->take(segment_rows * sizeof(std::uint32_t));
        for (std::uint32_t row = 0; row < rows; ++row) {
            // A missing cell has code 0, which may be no text of it.
            if (present(row)) wide.as<std::uint32_t>()[row] = (*texts)[static_cast<std::size_t>(raw(row))];
        }
        for (const InvalidCell& cell : invalid) wide.as<std::uint32_t>()[cell.row] = cell.text;
        values = wide;
        storage = Storage::code32;
    }
    texts = nullptr;
}

}  // namespace caseaudit::casebook
