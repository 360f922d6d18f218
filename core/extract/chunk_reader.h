// Reads the rows of one chunk of a CSV file.
#pragma once
#include "extract/byte_source.h"
#include "extract/encoding.h"
#include "extract/rows.h"
#include "extract/window.h"

namespace caseaudit::extract {

struct ChunkPlan {
    std::uint64_t begin = 0;  // offsets in the file; begins and ends where rows do
    std::uint64_t end = 0;
    bool lone_returns = false;
    RowFormat format = {};
};

struct ChunkLimits {
    std::size_t window;
    std::size_t row;
};

// Hands all rows of the chunk to `consumer` as those of chunk `number`. May run for several chunks at once,
// each with a workspace of its own.
Tally read_chunk(const ByteSource& bytes, Encoding encoding, const ChunkPlan& plan, const ChunkLimits& limits,
                 Workspace& workspace, std::size_t number, BlockConsumer& consumer);

}  // namespace caseaudit::extract
