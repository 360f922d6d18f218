// A batch in memory that is shared: where its parts lie, as bytes; and parts of it as batches of their own.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "caseaudit/plugin.h"
#include "sandbox/protocol.h"

namespace caseaudit::sandbox {

// Says where in the shared memory a buffer of that many bytes lies.
class Placed {
  public:
    virtual ~Placed() = default;
    virtual std::uint64_t offset_of(const void* buffer, std::size_t size) = 0;
};

// Where the parts of the batch lie; buffers that are not in the shared memory `placed` puts there.
void encode_batch(Encoder& out, const caseaudit_batch& batch, Placed& placed);

// The batch as another process sees it. One at a time: reused from batch to batch.
class SharedBatch {
  public:
    // `shared` is that memory as mapped here.
    void decode(Decoder& in, const std::byte* shared);
    std::size_t length() const { return length_; }
    std::uint32_t case_of(std::size_t row) const { return cases_[row]; }
    // Rows first … first + count - 1 as a batch of their own, with Arrow offsets of 0 as in every batch.
    // Valid until the next.
    const caseaudit_batch& rows(std::size_t first, std::size_t count);

  private:
    struct Column {
        std::array<char, 4> format{};
        std::int64_t null_count = 0;
        std::array<const void*, 3> buffers{};
        const std::uint8_t* states = nullptr;
        std::vector<std::uint8_t> validity, bits;  // moved to begin with a byte
        std::array<const void*, 3> shown{};
    };
    void show(Column& column, std::size_t first, std::size_t count, std::size_t index);
    std::size_t length_ = 0;
    const std::uint32_t* cases_ = nullptr;
    std::vector<Column> columns_;
    std::vector<ArrowArray> arrays_;
    std::vector<ArrowSchema> schemas_;
    std::vector<const std::uint8_t*> states_;
    caseaudit_batch batch_{};
};

}  // namespace caseaudit::sandbox
