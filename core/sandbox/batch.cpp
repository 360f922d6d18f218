#include "sandbox/batch.h"

#include <algorithm>
#include <cstring>

namespace caseaudit::sandbox {
namespace {

constexpr std::uint64_t nowhere = ~std::uint64_t{0};

void nothing(ArrowArray*) {}
void nothing(ArrowSchema*) {}

std::size_t bitmap_size(std::size_t length) {
    return (length + 7) / 8;
}

std::size_t values_size(char format, std::size_t length) {
    if (format == 'b') return bitmap_size(length);
    return plugin::value_width(format) * (format == 'u' ? length + 1 : length);
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
    const auto length = static_cast<std::size_t>(in.get<std::uint64_t>());
    const std::size_t count = in.get<std::uint32_t>();
    columns_.resize(count);
    arrays_.resize(count);
    schemas_.resize(count);
    states_.resize(count);
    batch_ = {sizeof batch_,
              length,
              count,
              arrays_.data(),
              schemas_.data(),
              states_.data(),
              static_cast<const std::uint32_t*>(at(in.get<std::uint64_t>()))};
    for (std::size_t i = 0; i < count; ++i) {
        auto& column = columns_[i];
        column.format = in.get<std::array<char, 4>>();
        const auto null_count = in.get<std::int64_t>();
        for (auto& buffer : column.buffers) buffer = at(in.get<std::uint64_t>());
        states_[i] = static_cast<const std::uint8_t*>(at(in.get<std::uint64_t>()));
        arrays_[i] = {static_cast<std::int64_t>(length),
                      null_count,
                      0,
                      column.format[0] == 'u' ? 3 : 2,
                      0,
                      column.buffers.data(),
                      nullptr,
                      nullptr,
                      nothing,
                      nullptr};
        schemas_[i] = {
            column.format.data(), "", nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, nothing, nullptr};
    }
}

}  // namespace caseaudit::sandbox
