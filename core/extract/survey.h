// What has to be known of a whole file before its first row can be handed over, gathered piece by piece.
#pragma once
#include <cstddef>
#include <cstdint>

namespace caseaudit::extract {

// Bytes that must be readable before and after each piece of a survey. Beyond the ends of the surveyed text
// they are a line feed (before) and the separator (after).
inline constexpr std::size_t survey_before = 4;
inline constexpr std::size_t survey_after = 65;

inline constexpr std::uint64_t no_row_end = ~std::uint64_t{0};

// Facts of one chunk. Whether it begins within quotes is known only when all chunks before it have been
// counted, so what depends on it is kept for both cases: [0] it begins outside quotes, [1] inside.
struct ChunkSurvey {
    bool parity = false;                                        // the number of quotes is odd
    bool irregular[2] = {};                                     // a quote stands where RFC 4180 allows none
    std::uint64_t first_row_end[2] = {no_row_end, no_row_end};  // offset in the file of the first row end
    bool quotes = false;
    bool returns = false;       // there is a carriage return
    bool lone_returns = false;  // there is one that no line feed follows
    bool nul = false;
    bool beyond_ascii = false;
    bool not_utf8 = false;  // a sequence that begins in this chunk is not well-formed
};

// Adds the next piece of a chunk. `offset` is the piece's place in the file. All pieces of a chunk but the
// last have a multiple of 64 bytes.
void survey_piece(const char* text, std::size_t length, char separator, std::uint64_t offset,
                  ChunkSurvey& chunk);

}  // namespace caseaudit::extract
