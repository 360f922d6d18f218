#include "casebook/interner.h"

#include <tbb/parallel_for.h>
#include <tbb/spin_mutex.h>

#include <algorithm>
#include <deque>
#include <mutex>

namespace caseaudit::casebook {
namespace {

#pragma pack(push, 4)
struct Slot {
    std::uint64_t word;
    std::uint32_t code;  // 1 + number within the shard and kind; 0: free
};
#pragma pack(pop)

// Open addressing, at most three quarters full.
class Slots {
  public:
    std::uint32_t used = 0;

    static std::size_t home(std::uint64_t hash) { return static_cast<std::size_t>(hash >> 8); }
    std::size_t mask() const { return size_ - 1; }
    Slot* at() { return memory_.as<Slot>(); }
    const Slot* at() const { return memory_.as<Slot>(); }
    std::span<const Slot> all() const { return {at(), size_}; }
    void put(std::size_t place, std::uint64_t word) {
        at()[place] = {word, ++used};
        if (used * std::size_t{4} >= size_ * 3) grow();
    }

  private:
    void grow() {
        Slots larger(size_ * 2);
        for (const Slot& slot : all()) {
            if (slot.code == 0) continue;
            std::size_t i = home(hash_word(slot.word)) & larger.mask();
            while (larger.at()[i].code != 0) i = (i + 1) & larger.mask();
            larger.at()[i] = slot;
        }
        memory_ = std::move(larger.memory_);
        size_ = larger.size_;
    }
    explicit Slots(std::size_t size) : size_(size), memory_(size * sizeof(Slot)) {}
    std::size_t size_ = 16;
    Pages memory_{16 * sizeof(Slot)};

  public:
    Slots() = default;
};

// The bytes of long texts, in blocks that never move.
class Arena {
  public:
    std::string_view copy(std::string_view text) {
        if (text.size() > left_) {
            const std::size_t size = std::max<std::size_t>(text.size(), blocks_.empty() ? 1024 : 65536);
            blocks_.emplace_back(new char[size]);
            next_ = blocks_.back().get();
            left_ = size;
        }
        char* at = next_;
        std::memcpy(at, text.data(), text.size());
        next_ += text.size();
        left_ -= text.size();
        return {at, text.size()};
    }

  private:
    std::deque<std::unique_ptr<char[]>> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace

struct alignas(64) Interner::Shard {
    tbb::spin_mutex mutex;  // held for less than it takes to put a thread to sleep
    Slots short_slots, long_slots;
    LargeVector<std::string_view> long_texts;
    Arena arena;

    std::uint32_t find_short(std::uint64_t word, std::uint64_t hash) {
        std::size_t i = Slots::home(hash) & short_slots.mask();
        for (;; i = (i + 1) & short_slots.mask()) {
            const Slot& slot = short_slots.at()[i];
            if (slot.code == 0) break;
            if (slot.word == word) return slot.code - 1;
        }
        short_slots.put(i, word);
        return short_slots.used - 1;
    }

    std::uint32_t find_long(const TextKey& key, std::uint64_t hash) {
        std::size_t i = Slots::home(hash) & long_slots.mask();
        for (;; i = (i + 1) & long_slots.mask()) {
            const Slot& slot = long_slots.at()[i];
            if (slot.code == 0) break;
            if (slot.word == key.word && long_texts[slot.code - 1] == key.text()) return slot.code - 1;
        }
        long_texts.push_back(arena.copy(key.text()));
        long_slots.put(i, key.word);
        return long_slots.used - 1;
    }

    InternId find(const TextKey& key, std::uint64_t hash, unsigned shard) {
        const std::uint32_t number = key.is_short ? find_short(key.word, hash) : find_long(key, hash);
        return ((number << shard_bits | shard) << 1) | (key.is_short ? 0 : 1);
    }

    void prefetch(const TextKey& key, std::uint64_t hash) const {
        const Slots& slots = key.is_short ? short_slots : long_slots;
        __builtin_prefetch(&slots.at()[Slots::home(hash) & slots.mask()]);
    }
};

Interner::Interner() : shards_(new Shard[1u << shard_bits]) {}
Interner::~Interner() = default;

void Interner::drop() {
    shards_.reset();
    long_texts_ = {};
    ranks_ = {};
}

InternId Interner::intern(const TextKey& key) {
    const std::uint64_t hash = hash_word(key.word);
    const unsigned number = hash & ((1u << shard_bits) - 1);
    Shard& shard = shards_[number];
    const std::lock_guard lock(shard.mutex);
    return shard.find(key, hash, number);
}

void Interner::intern(std::span<const TextKey> keys, InternId* ids) {
    constexpr std::size_t batch = 1024;
    constexpr unsigned shard_count = 1u << shard_bits;
    std::array<std::uint16_t, batch> order;
    std::array<std::uint64_t, batch> hashes;
    for (; !keys.empty();
         ids += std::min(batch, keys.size()), keys = keys.subspan(std::min(batch, keys.size()))) {
        const std::size_t count = std::min(batch, keys.size());
        std::array<std::uint16_t, shard_count + 1> starts{};
        for (std::size_t i = 0; i < count; ++i) {
            hashes[i] = hash_word(keys[i].word);
            ++starts[(hashes[i] & (shard_count - 1)) + 1];
        }
        for (unsigned shard = 0; shard < shard_count; ++shard) {
            starts[shard + 1] = static_cast<std::uint16_t>(starts[shard + 1] + starts[shard]);
        }
        auto next = starts;
        for (std::size_t i = 0; i < count; ++i) {
            order[next[hashes[i] & (shard_count - 1)]++] = static_cast<std::uint16_t>(i);
        }
        // Threads begin at different shards, so that they seldom want the same one.
        const unsigned begin = hashes[0] >> 32 & (shard_count - 1);
        for (unsigned i = 0; i < shard_count; ++i) {
            const unsigned number = (begin + i) & (shard_count - 1);
            Shard& shard = shards_[number];
            const std::lock_guard lock(shard.mutex);
            for (std::size_t k = starts[number]; k < starts[number + 1]; ++k)
                shard.prefetch(keys[order[k]], hashes[order[k]]);
            for (std::size_t k = starts[number]; k < starts[number + 1]; ++k)
                ids[order[k]] = shard.find(keys[order[k]], hashes[order[k]], number);
        }
    }
}

std::uint64_t Interner::bytes() const {
    std::uint64_t bytes = 0;
    for (unsigned number = 0; number < 1u << shard_bits; ++number) {
        bytes += std::uint64_t{8} * shards_[number].short_slots.used;
        for (const std::string_view text : shards_[number].long_texts) bytes += text.size();
    }
    return bytes;
}

LargeVector<OrderedText> Interner::collect() {
    LargeVector<OrderedText> all;
    std::array<std::uint32_t, 2> most{};
    std::size_t count = 0, longs = 0;
    std::array<std::array<std::size_t, 2>, 1u << shard_bits> begins;  // of each shard's texts, and long texts
    for (unsigned number = 0; number < 1u << shard_bits; ++number) {
        begins[number] = {count, longs};
        count += shards_[number].short_slots.used + shards_[number].long_slots.used;
        longs += shards_[number].long_slots.used;
        most[0] = std::max(most[0], shards_[number].short_slots.used);
        most[1] = std::max(most[1], shards_[number].long_slots.used);
    }
    all.resize(count);
    long_texts_.resize(longs);
    for (unsigned kind = 0; kind < 2; ++kind) ranks_[kind].resize(std::size_t{most[kind]} << shard_bits);
    tbb::parallel_for(0u, 1u << shard_bits, [&](unsigned number) {
        Shard& shard = shards_[number];
        auto next = all.begin() + static_cast<std::ptrdiff_t>(begins[number][0]);
        auto next_long = static_cast<std::uint32_t>(begins[number][1]);
        for (const Slot& slot : shard.short_slots.all()) {
            if (slot.code == 0) continue;
            *next++ = {order_prefix(slot.word), ((slot.code - 1) << shard_bits | number) << 1, no_text};
        }
        shard.short_slots = Slots();
        shard.long_slots = Slots();
        for (std::uint32_t i = 0; i < shard.long_texts.size(); ++i) {
            std::uint64_t word = 0;
            const std::string_view text = shard.long_texts[i];
            std::memcpy(&word, text.data(), std::min<std::size_t>(8, text.size()));
            *next++ = {order_prefix(word), ((i << shard_bits | number) << 1) | 1, next_long};
            long_texts_[next_long++] = text;
        }
        shard.long_texts = {};
    });
    return all;
}

namespace {

constexpr std::size_t values = 256;  // of a byte

unsigned byte_of(const OrderedText& text, std::size_t byte) {
    return text.prefix >> (8 * byte) & (values - 1);
}

// Texts whose prefixes begin with the same byte; `room` is for as many. Least significant byte first, over
// the bytes that are not the same everywhere: takes half of the time that comparing takes, since most texts
// are short and tell apart by their first eight bytes.
void sort_bucket(std::span<OrderedText> texts, std::span<OrderedText> room) {
    constexpr std::size_t bytes = 7;
    std::array<std::array<std::uint32_t, values>, bytes> counts{};
    for (const OrderedText& text : texts) {
        for (std::size_t i = 0; i < bytes; ++i) ++counts[i][byte_of(text, i)];
    }
    auto from = texts, to = room;
    for (std::size_t i = 0; i < bytes; ++i) {
        if (counts[i][byte_of(from.front(), i)] == from.size()) continue;
        std::uint32_t start = 0;
        for (std::uint32_t& count : counts[i]) start += std::exchange(count, start);
        for (const OrderedText& text : from) to[counts[i][byte_of(text, i)]++] = text;
        std::swap(from, to);
    }
    if (from.data() != texts.data()) std::copy(from.begin(), from.end(), texts.begin());
}

void sort_by_prefix(LargeVector<OrderedText>& texts) {
    std::array<std::size_t, values + 1> starts{};
    for (const OrderedText& text : texts) ++starts[byte_of(text, 7) + 1];
    for (std::size_t i = 0; i < values; ++i) starts[i + 1] += starts[i];
    LargeVector<OrderedText> sorted(texts.size());
    auto next = starts;
    for (const OrderedText& text : texts) sorted[next[byte_of(text, 7)]++] = text;
    tbb::parallel_for(std::size_t{0}, values, [&](std::size_t i) {
        const std::size_t size = starts[i + 1] - starts[i];
        if (size > 1) sort_bucket({&sorted[starts[i]], size}, {&texts[starts[i]], size});
    });
    texts.swap(sorted);
}

}  // namespace

LargeVector<OrderedText> Interner::order() {
    LargeVector<OrderedText> all = collect();
    if (all.empty()) return all;
    sort_by_prefix(all);
    const auto before = [this](const OrderedText& a, const OrderedText& b) {
        TextBytes left, right;
        return left.text(a, *this) < right.text(b, *this);
    };
    std::vector<std::pair<std::size_t, std::size_t>> alike;  // texts of one prefix: from, to
    for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
        while (to < all.size() && all[to].prefix == all[from].prefix) ++to;
        if (to - from > 1) alike.emplace_back(from, to);
    }
    tbb::parallel_for(std::size_t{0}, alike.size(), [&](std::size_t i) {
        std::sort(all.begin() + static_cast<std::ptrdiff_t>(alike[i].first),
                  all.begin() + static_cast<std::ptrdiff_t>(alike[i].second), before);
    });
    for (std::uint32_t i = 0; i < all.size(); ++i) set_rank(all[i].id, i);
    return all;
}

}  // namespace caseaudit::casebook
