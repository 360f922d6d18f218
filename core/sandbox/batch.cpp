#include "sandbox/batch.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace caseaudit::sandbox {
namespace {

constexpr std::uint64_t nowhere = ~std::uint64_t{0};

void nothing(ArrowArray*) {}
void nothing(ArrowSchema*) {}

// Bytes of the values of one row; 0 for bits.
std::size_t width(char format) {
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

std::size_t bitmap_size(std::size_t length) {
    return (length + 7) / 8;
}

std::size_t values_size(char format, std::size_t length) {
    if (format == 'b') return bitmap_size(length);
    return width(format) * (format == 'u' ? length + 1 : length);
}

// Bits first … first + count - 1 of `bits`, from the first bit of `out` on.
const void* moved(const void* bits, std::size_t first, std::size_t count, std::vector<std::uint8_t>& out) {
    const auto* bytes = static_cast<const std::uint8_t*>(bits);
    if (bytes == nullptr || first % 8 == 0) return bytes == nullptr ? nullptr : bytes + first / 8;
    const std::size_t shift = first % 8, size = bitmap_size(count), last = (first + count - 1) / 8;
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

void encode_batch(Encoder& out, const caseaudit_batch& batch, Placed& placed) {
    const std::size_t length = batch.length;
    out.put(static_cast<std::uint64_t>(length)).put(static_cast<std::uint32_t>(batch.column_count));
    out.put(placed.offset_of(batch.cases, length * sizeof *batch.cases));
    for (std::size_t i = 0; i < batch.column_count; ++i) {
        const ArrowArray& array = batch.columns[i];
        const char* format = batch.schemas[i].format;
        std::array<char, 4> letters{};
        std::memcpy(letters.data(), format, std::min(std::strlen(format), letters.size() - 1));
        out.put(letters).put(array.null_count);
        const auto put = [&](const void* buffer, std::size_t size) {
            out.put(buffer == nullptr ? nowhere : placed.offset_of(buffer, size));
        };
        put(array.buffers[0], bitmap_size(length));
        put(array.buffers[1], values_size(format[0], length));
        const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
        put(format[0] == 'u' ? array.buffers[2] : nullptr,
            format[0] == 'u' ? static_cast<std::size_t>(offsets[length]) : 0);
        put(batch.states == nullptr ? nullptr : batch.states[i], length);
    }
}

void SharedBatch::decode(Decoder& in, const std::byte* shared) {
    const auto at = [&](std::uint64_t offset) -> const void* {
        return offset == nowhere ? nullptr : shared + offset;
    };
    length_ = static_cast<std::size_t>(in.get<std::uint64_t>());
    columns_.resize(in.get<std::uint32_t>());
    cases_ = static_cast<const std::uint32_t*>(at(in.get<std::uint64_t>()));
    for (auto& column : columns_) {
        column.format = in.get<std::array<char, 4>>();
        column.null_count = in.get<std::int64_t>();
        for (auto& buffer : column.buffers) buffer = at(in.get<std::uint64_t>());
        column.states = static_cast<const std::uint8_t*>(at(in.get<std::uint64_t>()));
    }
    arrays_.assign(columns_.size(), {});
    schemas_.assign(columns_.size(), {});
    states_.assign(columns_.size(), nullptr);
}

void SharedBatch::show(Column& column, std::size_t first, std::size_t count, std::size_t index) {
    const char format = column.format[0];
    column.shown = column.buffers;
    std::int64_t null_count = column.null_count;
    if (first != 0 || count != length_) {
        column.shown[0] = moved(column.buffers[0], first, count, column.validity);
        column.shown[1] = format == 'b'
                              ? moved(column.buffers[1], first, count, column.bits)
                              : static_cast<const std::byte*>(column.buffers[1]) + first * width(format);
        if (column.shown[0] != nullptr)
            null_count = zeros(static_cast<const std::uint8_t*>(column.shown[0]), count);
    }
    arrays_[index] = {static_cast<std::int64_t>(count),
                      null_count,
                      0,
                      format == 'u' ? 3 : 2,
                      0,
                      column.shown.data(),
                      nullptr,
                      nullptr,
                      nothing,
                      nullptr};
    schemas_[index] = {
        column.format.data(), "", nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, nothing, nullptr};
    states_[index] = column.states == nullptr ? nullptr : column.states + first;
}

const caseaudit_batch& SharedBatch::rows(std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < columns_.size(); ++i) show(columns_[i], first, count, i);
    batch_ = {sizeof batch_,   count,          columns_.size(), arrays_.data(),
              schemas_.data(), states_.data(), cases_ + first};
    return batch_;
}

}  // namespace caseaudit::sandbox
