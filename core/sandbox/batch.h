// A batch in memory that is shared: where its parts lie, as bytes; and parts of it as batches of their own.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "caseaudit/plugin.h"
#include "plugin/batch_rows.h"
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
    const caseaudit_batch& whole() const { return batch_; }
    // Rows first … first + count - 1 as a batch of their own; see BatchRows.
    const caseaudit_batch& rows(std::size_t first, std::size_t count) {
        return part_.of(batch_, first, count);
    }

  private:
    struct Column {
        std::array<char, 4> format{};
        std::array<const void*, 3> buffers{};
    };
    std::vector<Column> columns_;
    std::vector<ArrowArray> arrays_;
    std::vector<ArrowSchema> schemas_;
    std::vector<const std::uint8_t*> states_;
    caseaudit_batch batch_{};
    plugin::BatchRows part_;
};

}  // namespace caseaudit::sandbox
