#include "plugin/batch_rows.h"

#include <bit>

namespace caseaudit::plugin {
namespace {

// Bits first … first + count - 1 of `bits`, from the first bit of `out` on.
const void* moved(const void* bits, std::size_t first, std::size_t count, std::vector<std::uint8_t>& out) {
    const auto* bytes = static_cast<const std::uint8_t*>(bits);
    if (bytes == nullptr || first % 8 == 0) return bytes == nullptr ? nullptr : bytes + first / 8;
    const std::size_t shift = first % 8, size = (count + 7) / 8, last = (first + count - 1) / 8;
    out.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t from = first / 8 + i;
        const unsigned next = from < last ? bytes[from + 1] : 0u;
        out[i] = static_cast<std::uint8_t>(bytes[from] >> shift | next << (8 - shift));
    }
    return out.data();
}

std::int64_t zeros(const std::uint8_t* bits, std::size_t count) {
    std::int64_t ones = 0;
    for (std::size_t i = 0; i < count / 8; ++i) ones += std::popcount(bits[i]);
    if (count % 8 != 0)
        ones += std::popcount(static_cast<std::uint8_t>(bits[count / 8] & ((1u << count % 8) - 1)));
    return static_cast<std::int64_t>(count) - ones;
}

}  // namespace

std::size_t value_width(char format) {
    switch (format) {
        case 'b':
            return 0;
        case 't':
        case 'u':
            return 4;
        default:
            return 8;
    }
}

void BatchRows::show(const ArrowArray& whole, char format, std::size_t first, std::size_t index) {
    auto& column = columns_[index];
    const std::size_t count = batch_.length;
    column.buffers[0] = moved(whole.buffers[0], first, count, column.validity);
    column.buffers[1] = format == 'b'
                            ? moved(whole.buffers[1], first, count, column.bits)
                            : static_cast<const std::byte*>(whole.buffers[1]) + first * value_width(format);
    column.buffers[2] = format == 'u' ? whole.buffers[2] : nullptr;
    auto& array = arrays_[index];
    array = whole;
    array.length = static_cast<std::int64_t>(count);
    if (column.buffers[0] != nullptr)
        array.null_count = zeros(static_cast<const std::uint8_t*>(column.buffers[0]), count);
    array.buffers = column.buffers.data();
}

const caseaudit_batch& BatchRows::of(const caseaudit_batch& batch, std::size_t first, std::size_t count) {
    if (first == 0 && count == batch.length) return batch;
    columns_.resize(batch.column_count);
    arrays_.resize(batch.column_count);
    states_.resize(batch.column_count);
    batch_ = {sizeof batch_, count,          batch.column_count, arrays_.data(),
              batch.schemas, states_.data(), batch.cases + first};
    for (std::size_t i = 0; i < batch.column_count; ++i) {
        show(batch.columns[i], batch.schemas[i].format[0], first, i);
        const auto* states = batch.states == nullptr ? nullptr : batch.states[i];
        states_[i] = states == nullptr ? nullptr : states + first;
    }
    return batch_;
}

std::size_t end_of_case(const caseaudit_batch& batch, std::size_t row) {
    std::size_t end = row + 1;
    while (end < batch.length && batch.cases[end] == batch.cases[row]) ++end;
    return end;
}

}  // namespace caseaudit::plugin
