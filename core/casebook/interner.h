// Distinct texts, each with a number, collected by many threads at once; afterwards put in bytewise order,
// which does not depend on who came first.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "casebook/pages.h"
#include "casebook/short_text.h"

namespace caseaudit::casebook {

// Number of a text while it is collected: bit 0 says that it is long, the rest count within its kind.
using InternId = std::uint32_t;
inline constexpr std::uint32_t no_text = ~std::uint32_t{0};

// A text in order. Short texts are their prefix; of long ones `size` and `data` tell the rest.
struct OrderedText {
    std::uint64_t prefix;  // see order_prefix
    InternId id;
    std::uint32_t long_index;  // into Interner's long texts, or no_text
};

// The prefix of a text of any length.
std::uint64_t prefix_of(std::string_view text);

// intern() may be called from many threads; everything else needs the collecting to be over.
class Interner {
  public:
    Interner();
    ~Interner();
    InternId intern(const TextKey& key);
    // Many at once: takes each lock once. `ids` has as many elements as `keys`.
    void intern(std::span<const TextKey> keys, InternId* ids);

    // An upper bound of the bytes of all texts together.
    std::uint64_t bytes() const;
    // How many texts there are, and before order() how many ids of each kind.
    struct Sizes {
        std::size_t texts = 0;
        std::array<std::size_t, 2> ids{};  // by bit 0: their other bits are below it
    };
    Sizes sizes() const;

    // Ends the collecting: drops the hash tables. Returns all texts in bytewise order, and makes room for a
    // rank of every id.
    LargeVector<OrderedText> order();
    // Gives all memory back. Nothing else may be called afterwards.
    void drop();
    std::string_view long_text(std::uint32_t long_index) const { return long_texts_[long_index]; }
    // Ask for memory ahead: for where a long text is told to lie, then, that being known, for its bytes; for
    // the rank of a text.
    void prefetch_place(const OrderedText& text) const {
        if (text.long_index != no_text) __builtin_prefetch(&long_texts_[text.long_index]);
    }
    void prefetch(const OrderedText& text) const {
        if (text.long_index != no_text) __builtin_prefetch(long_texts_[text.long_index].data());
    }
    void prefetch_rank(InternId id) const { __builtin_prefetch(&ranks_[id & 1][id >> 1], 1); }
    // What set_rank() has said of a text.
    std::uint32_t rank(InternId id) const { return ranks_[id & 1][id >> 1]; }
    void set_rank(InternId id, std::uint32_t rank) { ranks_[id & 1][id >> 1] = rank; }

  private:
    struct Shard;
    static constexpr unsigned shard_bits = 4, shard_count = 1u << shard_bits;
    void sort_alike(std::span<OrderedText> texts, std::span<OrderedText> room, std::size_t done) const;
    void sort_rest(std::span<OrderedText> texts, std::span<OrderedText> room, std::size_t done) const;
    std::unique_ptr<Shard[]> shards_;
    LargeVector<std::string_view> long_texts_;
    std::array<LargeVector<std::uint32_t>, 2> ranks_;  // of short and of long texts
};

// Texts as bytes, independent of the interner's numbering.
struct TextBytes {
    ShortBytes bytes;
    std::string_view text(const OrderedText& entry, const Interner& interner) {
        return entry.long_index != no_text ? interner.long_text(entry.long_index) : bytes.text(entry.prefix);
    }
};

}  // namespace caseaudit::casebook
