// From text ids to positions in a column's dictionary.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "casebook/segment.h"

namespace caseaudit::casebook {

// A set of text ids that tells the rank of each: a bitmap with the number of members before every word.
class TextSet {
  public:
    explicit TextSet(std::uint32_t texts) : words_(texts / 64 + 1) {}
    void add(std::uint32_t text) { words_[text / 64].bits |= std::uint64_t{1} << (text % 64); }
    // Counts the members; position() works from then on. Returns them, ascending.
    std::vector<std::uint32_t> finish();
    std::uint32_t position(std::uint32_t text) const {
        const Word& word = words_[text / 64];
        const std::uint64_t below = word.bits & ((std::uint64_t{1} << (text % 64)) - 1);
        return word.before + static_cast<std::uint32_t>(__builtin_popcountll(below));
    }

  private:
    struct Word {
        std::uint64_t bits = 0;
        std::uint32_t before = 0;
    };
    LargeVector<Word> words_;
};

// Collects the texts of one column of a table, then translates codes and texts.
class DictionaryPositions {
  public:
    // The distinct texts, ascending: the column's dictionary.
    std::vector<std::uint32_t> collect(const std::vector<Segment*>& segments, std::size_t field,
                                       std::uint32_t texts);
    std::uint32_t of_text(std::uint32_t text) const;
    // By code; lives as long as this object. For dictionaries that collect() met.
    const std::uint32_t* of_codes(const CodeTexts* texts) const { return by_code_.at(texts).data(); }

  private:
    std::vector<std::uint32_t> dictionary_;
    std::unique_ptr<TextSet> set_;  // only where texts are spelled out: they are many
    std::map<const CodeTexts*, std::vector<std::uint32_t>> by_code_;
};

}  // namespace caseaudit::casebook
