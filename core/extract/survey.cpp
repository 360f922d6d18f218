#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "extract/survey.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <bit>

#include "extract/encoding.h"
#include "extract/simd_bits-inl.h"
#include "extract/survey.h"

#ifndef CASEAUDIT_EXTRACT_SURVEY_ONCE
#define CASEAUDIT_EXTRACT_SURVEY_ONCE
namespace caseaudit::extract {

// Bytes at the start of `text` that belong to a sequence begun before it; that sequence is judged there.
inline std::size_t sequence_overhang(const char* text) {
    for (std::size_t back = 1; back <= 3; ++back) {
        const auto byte = static_cast<unsigned char>(*(text - back));
        if ((byte & 0xC0) == 0x80) continue;
        const std::size_t length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF8 ? 4 : 1;
        return length > back ? length - back : 0;
    }
    return 0;
}

// Judges the sequences that begin in [from, to) and returns where the last one ends; 0 if one is malformed.
inline std::size_t judge_utf8(const char* text, std::size_t from, std::size_t to) {
    while (from < to) {
        const std::size_t length = utf8_sequence(reinterpret_cast<const unsigned char*>(text) + from);
        if (length == 0) return 0;
        from += length;
    }
    return from;
}

}  // namespace caseaudit::extract
#endif

HWY_BEFORE_NAMESPACE();
namespace caseaudit::extract::HWY_NAMESPACE {

HWY_INLINE void note_row_end(std::uint64_t ends, std::uint64_t offset, std::uint64_t& first) {
    if (ends != 0 && first == no_row_end) first = offset + static_cast<std::uint64_t>(std::countr_zero(ends));
}

// Notes row ends outside quotes, for both cases of how the chunk began. Returns what is inside for case [0].
HWY_INLINE std::uint64_t note_row_ends(std::uint64_t quotes, std::uint64_t ends, std::uint64_t offset,
                                       ChunkSurvey& chunk) {
    const std::uint64_t before = chunk.parity ? ~std::uint64_t{0} : 0;
    const std::uint64_t inside = running_parity(quotes) ^ before;
    note_row_end(ends & ~inside, offset, chunk.first_row_end[0]);
    note_row_end(ends & inside, offset, chunk.first_row_end[1]);
    return inside;
}

// A quote that opens follows a separator, a line break or a closing quote (a doubled one); one that closes
// precedes one of these.
HWY_INLINE void judge_quotes(const Word& word, const char* text, char separator, std::uint64_t quotes,
                             std::uint64_t inside, ChunkSurvey& chunk) {
    const auto is_edge = [&](char byte) {
        return byte == separator || byte == '\n' || byte == '\r' || byte == '"';
    };
    const std::uint64_t edges =
        bits_equal(word, separator) | bits_equal(word, '\n') | bits_equal(word, '\r') | bits_equal(word, '"');
    const std::uint64_t after_edge = edges << 1 | std::uint64_t{is_edge(*(text - 1))};
    const std::uint64_t before_edge = edges >> 1 | std::uint64_t{is_edge(text[64])} << 63;
    const std::uint64_t opening = quotes & inside;
    const std::uint64_t closing = quotes & ~inside;
    chunk.quotes = true;
    chunk.irregular[0] |= ((opening & ~after_edge) | (closing & ~before_edge)) != 0;
    chunk.irregular[1] |= ((closing & ~after_edge) | (opening & ~before_edge)) != 0;
    chunk.parity ^= (std::popcount(quotes) & 1) != 0;
}

// The line breaks of the word: LF, and CR that no LF follows.
HWY_INLINE std::uint64_t line_ends(const Word& word, const char* text, std::uint64_t returns,
                                   ChunkSurvey& chunk) {
    const std::uint64_t feeds = bits_equal(word, '\n');
    if (returns == 0) return feeds;
    const std::uint64_t following = std::uint64_t{text[64] == '\n'} << 63;
    const std::uint64_t lone = returns & ~(feeds >> 1 | following);
    chunk.returns = true;
    chunk.lone_returns |= lone != 0;
    return feeds | lone;
}

void survey(const char* text, std::size_t length, char separator, std::uint64_t offset, ChunkSurvey& chunk) {
    std::size_t judged = sequence_overhang(text);
    const auto sign = hn::Set(Bytes(), 0x80);
    for (std::size_t i = 0; i < length; i += 64) {
        const Word word = load_word(text + i);
        const std::uint64_t valid =
            length - i >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (length - i)) - 1;
        const std::uint64_t quotes = bits_equal(word, '"') & valid;
        const std::uint64_t returns = bits_equal(word, '\r') & valid;
        const std::uint64_t high =
            bits_where(word, [&](auto part) HWY_ATTR { return hn::TestBit(part, sign); }) & valid;
        chunk.nul |= (bits_equal(word, '\0') & valid) != 0;
        if (HWY_UNLIKELY(high != 0) && !chunk.not_utf8) {
            judged = judge_utf8(text, HWY_MAX(judged, i), HWY_MIN(i + 64, length));
            chunk.not_utf8 = judged == 0;
            chunk.beyond_ascii = true;
        }
        const bool row_end_wanted = chunk.first_row_end[chunk.parity] == no_row_end;
        if (HWY_LIKELY((quotes | returns) == 0 && !row_end_wanted)) continue;
        const std::uint64_t ends = line_ends(word, text + i, returns, chunk) & valid;
        const std::uint64_t inside = note_row_ends(quotes, ends, offset + i, chunk);
        if (quotes != 0) judge_quotes(word, text + i, separator, quotes, inside, chunk);
    }
}

}  // namespace caseaudit::extract::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace caseaudit::extract {

HWY_EXPORT(survey);

void survey_piece(const char* text, std::size_t length, char separator, std::uint64_t offset,
                  ChunkSurvey& chunk) {
    HWY_DYNAMIC_DISPATCH(survey)(text, length, separator, offset, chunk);
}

}  // namespace caseaudit::extract
#endif
