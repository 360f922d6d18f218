#include "casebook/interner.h"

#include <tbb/parallel_for.h>
#include <tbb/spin_mutex.h>

#include <algorithm>
#include <deque>
#include <mutex>

namespace caseaudit::casebook {
namespace {

// The numbers of words, by hash: open addressing, at most three quarters full. A slot is four bytes, of a
// million keys few enough for a processor's own cache: below, 1 + the number of its word, 0 where it is free;
// above, as many bits of the hash as there is room for, so that hardly any other word is looked at.
class Slots {
  public:
    std::uint32_t used() const { return used_; }
    std::span<const std::uint64_t> words() const { return {words_.data(), used_}; }

    // The number of the word for which `is_it(number)` holds, or that of a new one, for which add(number) is
    // called.
    template <class IsIt, class Add>
    std::uint32_t find(std::uint64_t word, std::uint64_t hash, const IsIt& is_it, const Add& add) {
        const std::uint32_t numbers = mask();
        const std::uint32_t wanted = tag(hash) & ~numbers;
        std::uint32_t* const slots = slots_.as<std::uint32_t>();
        std::size_t i = home(hash) & numbers;
        for (; slots[i] != 0; i = (i + 1) & numbers) {
            const std::uint32_t number = (slots[i] & numbers) - 1;
            if ((slots[i] & ~numbers) == wanted && words_[number] == word && is_it(number)) return number;
        }
        words_.reach(used_ + std::size_t{1});
        words_[used_] = word;
        add(used_);
        slots[i] = wanted | ++used_;
        if (used_ * std::uint64_t{4} >= size_ * 3) grow();
        return used_ - 1;
    }
    void prefetch(std::uint64_t hash) const {
        __builtin_prefetch(slots_.as<std::uint32_t>() + (home(hash) & mask()), 1);
    }

  private:
    static std::size_t home(std::uint64_t hash) { return static_cast<std::size_t>(hash >> 8); }
    static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
    std::uint32_t mask() const { return static_cast<std::uint32_t>(size_ - 1); }
    void grow() {
        constexpr std::size_t small = 16384;  // what is moved once more costs more than the room until then
        size_ *= size_ < small ? 4 : 2;
        Pages larger(size_ * sizeof(std::uint32_t));
        std::uint32_t* const slots = larger.as<std::uint32_t>();
        for (std::uint32_t number = 0; number < used_; ++number) {
            const std::uint64_t hash = hash_word(words_[number]);
            std::size_t i = home(hash) & mask();
            while (slots[i] != 0) i = (i + 1) & mask();
            slots[i] = (tag(hash) & ~mask()) | (number + 1);
        }
        slots_ = std::move(larger);
    }

    std::uint32_t used_ = 0;
    std::size_t size_ = 16;
    Pages slots_{16 * sizeof(std::uint32_t)};
    GrowingArray<std::uint64_t> words_;  // by number
};

// The bytes of long texts, in blocks that never move.
class Arena {
  public:
    std::string_view copy(std::string_view text) {
        if (text.empty()) return "";
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

std::uint64_t prefix_of(std::string_view text) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), std::min<std::size_t>(8, text.size()));
    return order_prefix(word);
}

struct alignas(64) Interner::Shard {
    tbb::spin_mutex mutex;  // held for less than it takes to put a thread to sleep
    Slots short_slots, long_slots;
    LargeVector<std::string_view> long_texts;
    Arena arena;

    std::uint32_t find_short(std::uint64_t word, std::uint64_t hash) {
        return short_slots.find(
            word, hash, [](std::uint32_t) { return true; }, [](std::uint32_t) {});
    }

    std::uint32_t find_long(const TextKey& key, std::uint64_t hash) {
        return long_slots.find(
            key.word, hash, [&](std::uint32_t number) { return long_texts[number] == key.text(); },
            [&](std::uint32_t) { long_texts.push_back(arena.copy(key.text())); });
    }

    static InternId id_of(std::uint32_t number, unsigned shard, bool is_short) {
        return ((number << shard_bits | shard) << 1) | (is_short ? 0 : 1);
    }

    InternId find(const TextKey& key, std::uint64_t hash, unsigned shard) {
        return id_of(key.is_short ? find_short(key.word, hash) : find_long(key, hash), shard, key.is_short);
    }

    // Some of the prefixes, from all over the texts: those met one after the other may be alike.
    void sample(std::vector<std::uint64_t>& prefixes) const {
        constexpr std::size_t enough = 64;
        const std::span words = short_slots.words();
        for (std::size_t i = 0; i < words.size(); i += 1 + words.size() / enough)
            prefixes.push_back(order_prefix(words[i]));
        for (std::size_t i = 0; i < long_texts.size(); i += 1 + long_texts.size() / enough)
            prefixes.push_back(prefix_of(long_texts[i]));
    }

    // Lists all texts and returns their end. `first_long`: the place of this shard's long texts among those
    // of all shards.
    OrderedText* list(unsigned shard, std::uint32_t first_long, OrderedText* next) const {
        const std::span words = short_slots.words();
        for (std::uint32_t i = 0; i < words.size(); ++i)
            *next++ = {order_prefix(words[i]), id_of(i, shard, true), no_text};
        for (std::uint32_t i = 0; i < long_texts.size(); ++i)
            *next++ = {prefix_of(long_texts[i]), id_of(i, shard, false), first_long + i};
        return next;
    }

    // All but the bytes of long texts.
    void drop() {
        short_slots = Slots();
        long_slots = Slots();
        give_back(long_texts);
    }

    void prefetch(const TextKey& key, std::uint64_t hash) const {
        (key.is_short ? short_slots : long_slots).prefetch(hash);
    }
};

Interner::Interner() : shards_(new Shard[shard_count]) {}
Interner::~Interner() = default;

void Interner::drop() {
    shards_.reset();
    give_back(long_texts_);
    for (auto& ranks : ranks_) give_back(ranks);
}

InternId Interner::intern(const TextKey& key) {
    const std::uint64_t hash = hash_word(key.word);
    const unsigned number = hash & (shard_count - 1);
    Shard& shard = shards_[number];
    const std::lock_guard lock(shard.mutex);
    return shard.find(key, hash, number);
}

void Interner::intern(std::span<const TextKey> keys, InternId* ids) {
    constexpr std::size_t batch = 1024;
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
    for (unsigned number = 0; number < shard_count; ++number) {
        bytes += std::uint64_t{8} * shards_[number].short_slots.used();
        for (const std::string_view text : shards_[number].long_texts) bytes += text.size();
    }
    return bytes;
}

Interner::Sizes Interner::sizes() const {
    Sizes sizes;
    for (unsigned number = 0; number < shard_count; ++number) {
        const Shard& shard = shards_[number];
        sizes.texts += shard.short_slots.used() + shard.long_slots.used();
        sizes.ids[0] = std::max(sizes.ids[0], std::size_t{shard.short_slots.used()} << shard_bits);
        sizes.ids[1] = std::max(sizes.ids[1], std::size_t{shard.long_slots.used()} << shard_bits);
    }
    return sizes;
}

namespace {

constexpr std::size_t buckets = 32;
constexpr std::size_t values = 256;  // of a byte

// Cuts the texts into buckets of about one size, so that threads can sort them apart.
class Splitters {
  public:
    // Of some of the prefixes, one at least, which are put in order.
    explicit Splitters(std::vector<std::uint64_t>& sample) {
        std::sort(sample.begin(), sample.end());
        for (std::size_t i = 0; i < bounds_.size(); ++i)
            bounds_[i] = sample[(i + 1) * sample.size() / buckets];
    }
    // How many of the bounds are at most the prefix: equal prefixes share a bucket.
    std::size_t bucket(std::uint64_t prefix) const {
        std::size_t at = 0;
        for (std::size_t step = buckets / 2; step != 0; step /= 2)
            at += step * static_cast<std::size_t>(bounds_[at + step - 1] <= prefix);  // no branch to guess
        return at;
    }

  private:
    std::array<std::uint64_t, buckets - 1> bounds_;
};

unsigned byte_of(const OrderedText& text, std::size_t byte) {
    return text.prefix >> (8 * byte) & (values - 1);
}

// `room` is for as many. Least significant byte first, over the bytes that are not the same everywhere: takes
// half of the time that comparing takes, since most texts are short and tell apart by their first eight
// bytes.
void sort_by_prefix(std::span<OrderedText> texts, std::span<OrderedText> room) {
    constexpr std::size_t bytes = 8;
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

}  // namespace

// Texts of equal prefixes, which stand side by side, by what follows their first `done` bytes. `room` is for
// as many.
void Interner::sort_alike(std::span<OrderedText> texts, std::span<OrderedText> room, std::size_t done) const {
    std::size_t asked = 0;
    for (std::size_t from = 0, to = 0; from < texts.size(); from = to) {
        while (to < texts.size() && texts[to].prefix == texts[from].prefix) ++to;
        for (; done == 8 && asked < std::min(to + 16, texts.size()); ++asked) {
            if (asked + 16 < texts.size()) prefetch_place(texts[asked + 16]);
            prefetch(texts[asked]);
        }
        if (to - from > 1) sort_rest(texts.subspan(from, to - from), room.subspan(from, to - from), done);
    }
}

// The next eight bytes take the place of the prefix: each text is fetched once, none waiting for another, and
// not each time that it is compared.
void Interner::sort_rest(std::span<OrderedText> texts, std::span<OrderedText> room, std::size_t done) const {
    constexpr std::size_t many = 128, far = 64;
    // One at most is short, and all others begin with it.
    const auto longs = std::partition(texts.begin(), texts.end(),
                                      [](const OrderedText& text) { return text.long_index == no_text; });
    const std::span rest(longs, texts.end());
    const auto text_of = [this](const OrderedText& text) { return long_texts_[text.long_index]; };
    if (done >= far) {
        std::ranges::sort(rest, {}, text_of);
        return;
    }
    const std::uint64_t prefix = texts.front().prefix;
    for (OrderedText& text : rest) {
        const std::string_view all = text_of(text);
        text.prefix = prefix_of(all.substr(std::min(done, all.size())));
    }
    if (rest.size() < many)
        std::ranges::sort(rest, {}, &OrderedText::prefix);
    else
        sort_by_prefix(rest, room.first(rest.size()));
    sort_alike(rest, room, done + 8);
    for (OrderedText& text : rest) text.prefix = prefix;
}

LargeVector<OrderedText> Interner::order() {
    const Sizes size = sizes();
    if (size.texts == 0) return {};
    std::size_t count = 0, longs = 0;
    std::array<std::uint32_t, shard_count> first_long{};
    std::array<std::size_t, shard_count> first{};
    std::vector<std::uint64_t> sample;
    for (unsigned number = 0; number < shard_count; ++number) {
        const Shard& shard = shards_[number];
        first_long[number] = static_cast<std::uint32_t>(longs);
        first[number] = count;
        count += shard.short_slots.used() + shard.long_slots.used();
        longs += shard.long_slots.used();
        shard.sample(sample);
    }
    const Splitters splitters(sample);
    long_texts_.resize(longs);
    for (unsigned kind = 0; kind < 2; ++kind) ranks_[kind].resize(size.ids[kind]);

    LargeVector<OrderedText> all(count), room(count);
    std::array<std::span<const OrderedText>, shard_count> listed;
    std::array<std::array<std::size_t, buckets>, shard_count> starts{};
    tbb::parallel_for(0u, shard_count, [&](unsigned number) {
        Shard& shard = shards_[number];
        OrderedText* const begin = room.data() + first[number];
        listed[number] = {begin, shard.list(number, first_long[number], begin)};
        for (const OrderedText& text : listed[number]) ++starts[number][splitters.bucket(text.prefix)];
        std::copy(shard.long_texts.begin(), shard.long_texts.end(), long_texts_.begin() + first_long[number]);
        shard.drop();
    });
    std::array<std::size_t, buckets + 1> bounds{};
    for (std::size_t bucket = 0, start = 0; bucket < buckets; ++bucket) {
        for (auto& shard : starts) start += std::exchange(shard[bucket], start);
        bounds[bucket + 1] = start;
    }
    tbb::parallel_for(0u, shard_count, [&](unsigned number) {
        for (const OrderedText& text : listed[number])
            all[starts[number][splitters.bucket(text.prefix)]++] = text;
    });
    tbb::parallel_for(std::size_t{0}, buckets, [&](std::size_t bucket) {
        const std::size_t begin = bounds[bucket], held = bounds[bucket + 1] - begin;
        if (held == 0) return;
        const std::span texts(&all[begin], held);
        sort_by_prefix(texts, {&room[begin], held});
        sort_alike(texts, {&room[begin], held}, 8);
    });
    return all;
}

}  // namespace caseaudit::casebook
