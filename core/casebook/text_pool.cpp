#include "casebook/text_pool.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <stdexcept>

namespace caseaudit::casebook {
namespace {

// A text on its way into the pool. A short one (see TextKey) is its prefix.
struct PoolText {
    std::uint64_t prefix = 0;  // see order_prefix
    bool is_short = false;
    std::string_view long_text;
};

PoolText pool_text(const OrderedText& entry, const Interner& interner) {
    if (entry.long_index == no_text) return {entry.prefix, true, {}};
    return {entry.prefix, false, interner.long_text(entry.long_index)};
}

PoolText pool_text(std::string_view text) {
    const TextKey key = text_key(text);
    if (key.is_short) return {order_prefix(key.word), true, {}};
    return {prefix_of(text), false, text};
}

std::strong_ordering compare(const PoolText& a, const PoolText& b) {
    if (a.prefix != b.prefix || (a.is_short && b.is_short)) return a.prefix <=> b.prefix;
    ShortBytes left, right;
    const std::string_view x = a.is_short ? left.text(a.prefix) : a.long_text;
    const std::string_view y = b.is_short ? right.text(b.prefix) : b.long_text;
    return x.compare(y) <=> 0;
}

// Appends texts that come in order, each once.
class PoolWriter {
  public:
    // `bytes`: of all texts together, eight for each short one.
    PoolWriter(ImageArena& arena, std::uint64_t texts, std::uint64_t bytes) : bytes_room_(bytes) {
        offsets_ = arena.allocate<std::uint32_t>(texts + 1);
        bytes_ = arena.allocate<char>(bytes);
        offset_ = arena.at<std::uint32_t>(offsets_);
        text_ = arena.at<char>(bytes_);
        supply_pages(offset_, (texts + 1) * sizeof(std::uint32_t));
        supply_pages(text_, bytes);
    }
    std::uint32_t add(const PoolText& text) {
        return count_ > 0 && compare(text, last_) == 0 ? count_ - 1 : add_other(text);
    }
    // One that is not the one before.
    std::uint32_t add_other(const PoolText& text) {
        const std::size_t room = text.is_short ? 8 : text.long_text.size();
        if (used_ + room > UINT32_MAX || used_ + room > bytes_room_) {
            throw std::length_error("more than 4 GiB of distinct text");
        }
        offset_[count_] = static_cast<std::uint32_t>(used_);
        if (text.is_short) {
            ShortBytes bytes;
            used_ += bytes.text(text.prefix).size();
            std::memcpy(text_ + offset_[count_], bytes.word.data(), 8);
        } else {
            if (room > 0) std::memcpy(text_ + used_, text.long_text.data(), room);
            used_ += room;
        }
        last_ = text;
        return count_++;
    }
    // The same for short texts of which none is the one before, and their numbers: nearly all keys are such.
    void add_short(std::span<const OrderedText> texts, std::uint32_t* numbers) {
        if (used_ + texts.size() * 8 > std::min<std::uint64_t>(UINT32_MAX, bytes_room_)) {
            for (const OrderedText& text : texts) *numbers++ = add_other({text.prefix, true, {}});
            return;
        }
        ShortBytes bytes;
        for (const OrderedText& text : texts) {
            offset_[count_] = static_cast<std::uint32_t>(used_);
            const std::size_t size = bytes.text(text.prefix).size();
            std::memcpy(text_ + used_, bytes.word.data(), 8);
            used_ += size;
            *numbers++ = count_++;
        }
        last_ = {texts.back().prefix, true, {}};
    }
    void finish(ImageArena& arena, image::Header& header) {
        offset_[count_] = static_cast<std::uint32_t>(used_);
        std::fill(offset_ + count_ + 1, offset_ + offsets_.count, 0);
        offsets_.count = count_ + 1;
        arena.shorten<char>(bytes_, used_);
        header.texts = count_;
        header.text_offsets = offsets_;
        header.text_bytes = bytes_;
    }

  private:
    image::Array offsets_, bytes_;
    std::uint32_t* offset_;
    char* text_;
    std::uint64_t bytes_room_, used_ = 0;
    std::uint32_t count_ = 0;
    PoolText last_;
};

std::uint64_t bytes_of(const LargeVector<OrderedText>& texts, const Interner& interner) {
    std::uint64_t bytes = 0;
    for (const OrderedText& text : texts) {
        bytes += text.long_index == no_text ? 8 : interner.long_text(text.long_index).size();
    }
    return bytes;
}

// The keys of all cases, in order.
class KeysInOrder {
  public:
    KeysInOrder(const Cases& cases, const Interner& keys) : cases_(cases), interner_(keys) {
        read_known();
        read_unknown();
        choose();
    }
    bool done() const { return known_ == cases_.known.size() && unknown_ == cases_.unknown.size(); }
    const PoolText& text() const { return is_known_ ? known_text_ : unknown_text_; }
    std::size_t known() const { return known_; }  // how many of these were passed
    // Of the known keys, or of the unknown ones after them.
    std::size_t number() const { return is_known_ ? known_ : cases_.known.size() + unknown_; }
    void next() {
        ++(is_known_ ? known_ : unknown_);
        is_known_ ? read_known() : read_unknown();
        choose();
    }

    // Passes over the short known keys from here on that come before all texts that begin with `prefix` or
    // follow them, and before the next unknown key.
    std::span<const OrderedText> pass_short(std::uint64_t prefix) {
        if (unknown_ < cases_.unknown.size()) prefix = std::min(prefix, unknown_text_.prefix);
        const std::size_t first = known_;
        while (known_ < cases_.known.size() && cases_.known[known_].prefix < prefix &&
               cases_.known[known_].long_index == no_text)
            ++known_;
        read_known();
        choose();
        return {cases_.known.data() + first, known_ - first};
    }

  private:
    void read_known() {
        if (known_ < cases_.known.size()) known_text_ = pool_text(cases_.known[known_], interner_);
    }
    void read_unknown() {
        if (unknown_ < cases_.unknown.size()) unknown_text_ = pool_text(cases_.unknown[unknown_].key);
    }
    void choose() {
        is_known_ = known_ < cases_.known.size() &&
                    (unknown_ == cases_.unknown.size() || compare(known_text_, unknown_text_) <= 0);
    }
    const Cases& cases_;
    const Interner& interner_;
    std::size_t known_ = 0, unknown_ = 0;
    PoolText known_text_, unknown_text_;
    bool is_known_ = false;
};

// Texts lie where they were met, and not in their order. Inlined, as GCC takes a function that only asks for
// memory for one without effect, and drops the calls.
[[gnu::always_inline]] inline void fetch_ahead(const LargeVector<OrderedText>& ordered, std::size_t at,
                                               const Interner& texts) {
    constexpr std::size_t ahead = 12;
    if (at + 2 * ahead < ordered.size()) texts.prefetch_place(ordered[at + 2 * ahead]);
    if (at + ahead >= ordered.size()) return;
    texts.prefetch(ordered[at + ahead]);
    texts.prefetch_rank(ordered[at + ahead].id);
}

// The text ids of the known keys in order, then of the unknown ones.
LargeVector<std::uint32_t> merge(const Cases& cases, const LargeVector<OrderedText>& ordered,
                                 Interners& interners, PoolWriter& pool) {
    LargeVector<std::uint32_t> key_texts(cases.count);
    KeysInOrder keys(cases, interners.keys);
    const auto take_key = [&] {
        key_texts[keys.number()] = pool.add(keys.text());
        keys.next();
    };
    const auto take_keys_before = [&](std::uint64_t prefix) {
        std::uint32_t* const numbers = key_texts.data() + keys.known();
        if (const auto some = keys.pass_short(prefix); !some.empty()) pool.add_short(some, numbers);
    };
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        fetch_ahead(ordered, i, interners.texts);
        const PoolText text = pool_text(ordered[i], interners.texts);
        bool after_key = false;
        while (!keys.done() && keys.text().prefix <= text.prefix) {
            take_keys_before(text.prefix);
            if (keys.done() || compare(keys.text(), text) > 0) break;
            take_key();
            after_key = true;
        }
        interners.texts.set_rank(ordered[i].id, after_key ? pool.add(text) : pool.add_other(text));
    }
    for (take_keys_before(UINT64_MAX); !keys.done(); take_keys_before(UINT64_MAX)) take_key();
    return key_texts;
}

void translate(Segment& segment, const Interner& texts) {
    for (SegmentColumn& column : segment.columns) {
        for (InvalidCell& cell : column.invalid) cell.text = texts.rank(cell.text);
        if (column.texts != nullptr || column.storage != Storage::code32) continue;
        auto* values = column.values.as<std::uint32_t>();
        for (std::uint32_t row = 0; row < segment.rows; ++row) {
            if (column.present(row)) values[row] = texts.rank(values[row]);
        }
    }
}

}  // namespace

void build_text_pool(const Cases& cases, std::vector<std::unique_ptr<TableLoad>>& tables,
                     Interners& interners, ImageArena& arena, image::Header& header) {
    std::uint64_t bytes = interners.texts.bytes() + bytes_of(cases.known, interners.keys);
    const LargeVector<OrderedText> ordered = interners.texts.order();
    std::vector<std::uint64_t> contents;
    for (const UnknownCase& entry : cases.unknown) {
        bytes += std::max<std::size_t>(8, entry.key.size());
        contents.push_back(entry.contents);
    }
    header.cases = cases.count;
    header.known_cases = static_cast<std::uint32_t>(cases.known.size());
    header.case_texts = arena.allocate<std::uint32_t>(cases.count);
    header.unknown_contents = arena.store(std::span<const std::uint64_t>(contents));
    PoolWriter pool(arena, ordered.size() + cases.count, bytes);
    const LargeVector<std::uint32_t> key_texts = merge(cases, ordered, interners, pool);
    pool.finish(arena, header);
    const auto unknown = std::span(key_texts).subspan(cases.known.size());
    header.unknown_places = arena.store(unknown);
    auto* case_texts = arena.at<std::uint32_t>(header.case_texts);
    std::copy(unknown.begin(), unknown.end(), case_texts + header.known_cases);
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, cases.known.size(), 8192), [&](const auto& some) {
        for (std::size_t i = some.begin(); i < some.end(); ++i)
            case_texts[interners.keys.rank(cases.known[i].id)] = key_texts[i];
    });
    tbb::parallel_for(std::size_t{0}, tables.size(), [&](std::size_t i) {
        for (CodeTexts* dictionary : tables[i]->dictionaries()) {
            for (std::uint32_t& text : *dictionary) text = interners.texts.rank(text);
        }
        tbb::parallel_for(std::size_t{0}, tables[i]->segments.size(),
                          [&](std::size_t k) { translate(*tables[i]->segments[k], interners.texts); });
    });
}

}  // namespace caseaudit::casebook
