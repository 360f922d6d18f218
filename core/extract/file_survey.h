// The survey of a whole file, and how the file is cut up by it.
#pragma once
#include <cstdint>
#include <vector>

#include "extract/byte_source.h"
#include "extract/chunk_reader.h"
#include "extract/hash.h"

namespace caseaudit::extract {

struct FileSurvey {
    bool irregular = false;  // quotes stand where RFC 4180 allows none
    bool beyond_ascii = false;
    bool not_utf8 = false;
    std::vector<ChunkPlan> chunks;  // their ranges and facts; in order, none of them empty; at least one
};

// Surveys the bytes from `body` on in chunks of `chunk` bytes, in parallel; they pass by `hash`. The last
// `cut` ones begin a UTF-8 sequence that does not end, and are left out of it. Fails with "file.read".
Result<FileSurvey> survey_file(const ByteSource& bytes, std::uint64_t body, std::size_t cut, char separator,
                               std::size_t chunk, RunningHash& hash);

}  // namespace caseaudit::extract
