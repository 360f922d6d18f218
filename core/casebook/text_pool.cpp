#include "casebook/text_pool.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <stdexcept>

namespace caseaudit::casebook {
namespace {

// Appends texts that come in order, each once.
class PoolWriter {
  public:
    PoolWriter(ImageArena& arena, std::uint64_t texts, std::uint64_t bytes) : bytes_room_(bytes) {
        offsets_ = arena.allocate<std::uint32_t>(texts + 1);
        bytes_ = arena.allocate<char>(bytes);
        offset_ = arena.at<std::uint32_t>(offsets_);
        text_ = arena.at<char>(bytes_);
    }
    std::uint32_t add(std::string_view text) {
        if (count_ > 0 && text == last_) return count_ - 1;
        if (used_ + text.size() > UINT32_MAX || used_ + text.size() > bytes_room_) {
            throw std::length_error("more than 4 GiB of distinct text");
        }
        offset_[count_] = static_cast<std::uint32_t>(used_);
        if (!text.empty()) std::memcpy(text_ + used_, text.data(), text.size());
        last_ = {text_ + used_, text.size()};
        used_ += text.size();
        return count_++;
    }
    void finish(ImageArena& arena, image::Header& header) {
        offset_[count_] = static_cast<std::uint32_t>(used_);
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
    std::string_view last_;
};

std::uint64_t bytes_of(const LargeVector<OrderedText>& texts, const Interner& interner) {
    std::uint64_t bytes = 0;
    for (const OrderedText& text : texts) {
        bytes += text.long_index == no_text ? 8 : interner.long_text(text.long_index).size();
    }
    return bytes;
}

void merge(const Cases& cases, const LargeVector<OrderedText>& ordered, Interners& interners,
           PoolWriter& pool, std::uint32_t* case_text) {
    TextBytes case_bytes, text_bytes;
    std::size_t next_known = 0, next_unknown = 0;
    std::uint32_t in_case = 0;
    const auto unknown_next = [&] {
        return next_unknown < cases.unknown.size() && cases.unknown[next_unknown].index == in_case;
    };
    const auto case_key = [&]() -> std::string_view {
        if (unknown_next()) return cases.unknown[next_unknown].key;
        return case_bytes.text(cases.known[next_known], interners.keys);
    };
    const auto take_case = [&](std::string_view key) {
        case_text[in_case] = pool.add(key);
        const bool unknown =
            next_unknown < cases.unknown.size() && cases.unknown[next_unknown].index == in_case;
        ++(unknown ? next_unknown : next_known);
        ++in_case;
    };
    for (const OrderedText& entry : ordered) {
        const std::string_view text = text_bytes.text(entry, interners.texts);
        while (in_case < cases.count) {
            // Most comparisons are settled by the first eight bytes.
            if (next_known < cases.known.size() && !unknown_next() &&
                entry.prefix < cases.known[next_known].prefix)
                break;
            const std::string_view key = case_key();
            if (text < key) break;
            take_case(key);
        }
        interners.texts.set_rank(entry.id, pool.add(text));
    }
    while (in_case < cases.count) take_case(case_key());
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
    const LargeVector<OrderedText> ordered = interners.texts.order();
    std::uint64_t bytes = bytes_of(ordered, interners.texts) + bytes_of(cases.known, interners.keys);
    std::vector<std::uint32_t> unknown;
    std::vector<std::uint64_t> contents;
    for (const UnknownCase& entry : cases.unknown) {
        bytes += entry.key.size();
        unknown.push_back(entry.index);
        contents.push_back(entry.contents);
    }
    header.cases = cases.count;
    header.case_texts = arena.allocate<std::uint32_t>(cases.count);
    header.unknown_cases = arena.store(std::span<const std::uint32_t>(unknown));
    header.unknown_contents = arena.store(std::span<const std::uint64_t>(contents));
    PoolWriter pool(arena, ordered.size() + cases.count, bytes);
    merge(cases, ordered, interners, pool, arena.at<std::uint32_t>(header.case_texts));
    pool.finish(arena, header);
    tbb::parallel_for(std::size_t{0}, tables.size(), [&](std::size_t i) {
        for (CodeTexts* dictionary : tables[i]->dictionaries()) {
            for (std::uint32_t& text : *dictionary) text = interners.texts.rank(text);
        }
        tbb::parallel_for(std::size_t{0}, tables[i]->segments.size(),
                          [&](std::size_t k) { translate(*tables[i]->segments[k], interners.texts); });
    });
}

}  // namespace caseaudit::casebook
