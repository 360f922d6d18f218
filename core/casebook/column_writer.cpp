#include "casebook/column_writer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "casebook/converted_cell.h"

namespace caseaudit::casebook {
namespace {

bool is_text(dataset::FieldType type) {
    return type == dataset::FieldType::text || type == dataset::FieldType::code;
}

// The narrowest storage of a type: for columns that are there but hold no value.
Storage least_storage(dataset::FieldType type) {
    switch (type) {
        case dataset::FieldType::text:
        case dataset::FieldType::code:
            return Storage::code8;
        case dataset::FieldType::date:
            return Storage::date16;
        case dataset::FieldType::integer:
            return Storage::int8;
        case dataset::FieldType::decimal:
            return Storage::float64;
        case dataset::FieldType::boolean:
            return Storage::boolean8;
        case dataset::FieldType::postcode:
            return Storage::postcode32;
    }
    return Storage::none;
}

constexpr std::uint32_t batch_rows = 64;  // one word of the bitmap of presence
using Bits = std::array<std::uint8_t, segment_rows / 8>;

constexpr Bits bits_all(std::uint8_t byte) {
    Bits bits{};
    for (std::uint8_t& each : bits) each = byte;
    return bits;
}
constexpr Bits all_set = bits_all(0xFF), none_set = bits_all(0);

std::uint64_t load_word(const std::uint8_t* bitmap, std::uint32_t word) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, bitmap + std::size_t{word} * 8, 8);
    return bits;
}

void store_word(std::uint8_t* bitmap, std::uint32_t word, std::uint64_t bits) {
    std::memcpy(bitmap + std::size_t{word} * 8, &bits, 8);
}

// `count` bits of a segment's bitmap from bit `at` on, 64 at most.
std::uint64_t bits_at(const std::uint8_t* bitmap, std::uint32_t at, std::uint32_t count) {
    const std::uint32_t word = at / 64, shift = at % 64;
    std::uint64_t bits = load_word(bitmap, word) >> shift;
    if (shift + count > 64) bits |= load_word(bitmap, word + 1) << (64 - shift);
    return count == 64 ? bits : bits & ((std::uint64_t{1} << count) - 1);
}

// Into a bitmap of whole words in which they are 0.
void set_bits(std::uint8_t* bitmap, std::uint32_t at, std::uint64_t bits) {
    const std::uint32_t word = at / 64, shift = at % 64;
    store_word(bitmap, word, load_word(bitmap, word) | bits << shift);
    if (shift != 0 && bits >> (64 - shift) != 0)
        store_word(bitmap, word + 1, load_word(bitmap, word + 1) | bits >> (64 - shift));
}

// Where a column goes in the image.
struct Target {
    std::uint8_t* validity;
    std::uint32_t *invalid_rows, *invalid_texts;
};

// Moves one column. What the inner loops need of each segment is set out in arrays of its own, and no row
// costs a branch.
template <class From, class To>
class ColumnMover {
  public:
    ColumnMover(const ColumnSources& sources, const ColumnLayout& layout, Target target, To* out)
        : sources_(sources), layout_(layout), target_(target), out_(out) {
        for (const ColumnSource& source : sources.segments) {
            values_.push_back(static_cast<const From*>(source.values));
            translations_.push_back(source.translation);
            present_.push_back(source.validity == nullptr ? all_set.data() : source.validity);
            invalid_.push_back(invalid_bits(*source.column));
        }
    }

    void run(const RowList& rows) {
        if (rows.codes == nullptr) return copy_runs(rows.runs);
        for (std::uint32_t first = 0; first < rows.rows; first += batch_rows) {
            const RowCode* codes = rows.codes + first;
            const std::uint32_t count = std::min(batch_rows, rows.rows - first);
            if (layout_.any_value) move_values(codes, out_ + first, count);
            if (!layout_.all_present) move_states(codes, first, count);
        }
    }
    const std::uint32_t* end_of_invalid() const { return target_.invalid_rows; }

  private:
    void move_values(const RowCode* codes, To* out, std::uint32_t count) const {
        const From* const* values = values_.data();
        const auto value_of = [values](RowCode code) {
            return values[code >> segment_bits][row_in_segment(code)];
        };
        const std::uint32_t* const* translations = translations_.data();
        if (!layout_.positions) {
            for (std::uint32_t i = 0; i < count; ++i) out[i] = static_cast<To>(value_of(codes[i]));
        } else if (!sources_.texts) {
            for (std::uint32_t i = 0; i < count; ++i)
                out[i] = static_cast<To>(
                    translations[codes[i] >> segment_bits][static_cast<std::uint32_t>(value_of(codes[i]))]);
        } else {
            for (std::uint32_t i = 0; i < count; ++i) {
                const auto value = static_cast<std::uint32_t>(value_of(codes[i]));
                const std::uint32_t* translation = translations[codes[i] >> segment_bits];
                out[i] = static_cast<To>(translation != nullptr ? translation[value]
                                                                : layout_.positions->of_text(value));
            }
        }
    }

    void copy_runs(std::span<const RowRun> runs) {
        std::uint32_t first = 0;
        for (const RowRun& run : runs) {
            const std::size_t segment = run.first >> segment_bits;
            const std::uint32_t row = row_in_segment(run.first);
            if (layout_.any_value) copy_values(segment, row, out_ + first, run.rows);
            if (!layout_.all_present) copy_states(segment, row, first, run.rows);
            first += run.rows;
        }
    }

    void copy_values(std::size_t segment, std::uint32_t row, To* out, std::uint32_t count) const {
        const From* values = values_[segment] + row;
        const std::uint32_t* translation = translations_[segment];
        if (!layout_.positions) {
            for (std::uint32_t i = 0; i < count; ++i) out[i] = static_cast<To>(values[i]);
        } else if (translation != nullptr) {
            for (std::uint32_t i = 0; i < count; ++i)
                out[i] = static_cast<To>(translation[static_cast<std::uint32_t>(values[i])]);
        } else {
            for (std::uint32_t i = 0; i < count; ++i)
                out[i] = static_cast<To>(layout_.positions->of_text(static_cast<std::uint32_t>(values[i])));
        }
    }

    // As move_states().
    void copy_states(std::size_t segment, std::uint32_t row, std::uint32_t first, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; i += batch_rows) {
            const std::uint32_t size = std::min(batch_rows, count - i);
            const std::uint64_t present = bits_at(present_[segment], row + i, size);
            set_bits(target_.validity, first + i, present);
            if (layout_.any_value) clear_missing(present, out_ + first + i, size);
        }
        const auto& invalid = sources_.segments[segment].column->invalid;
        const auto before = [](const InvalidCell& cell, std::uint32_t at) { return cell.row < at; };
        auto cell = std::lower_bound(invalid.begin(), invalid.end(), row, before);
        for (; cell != invalid.end() && cell->row < row + count; ++cell)
            put_invalid(first + (cell->row - row), cell->text);
    }

    static void clear_missing(std::uint64_t present, To* out, std::uint32_t count) {
        if (present == ~std::uint64_t{0}) return;
        for (std::uint32_t i = 0; i < count; ++i)
            out[i] = static_cast<To>(out[i] & static_cast<To>(-(present >> i & 1)));
    }

    void put_invalid(std::uint32_t at, std::uint32_t text) {
        *target_.invalid_rows++ = at;
        *target_.invalid_texts++ = text;
        if (layout_.positions) out_[at] = static_cast<To>(layout_.positions->of_text(text));
    }

    static std::uint64_t gather_bits(const std::vector<const std::uint8_t*>& bitmaps, const RowCode* codes,
                                     std::uint32_t count) {
        const std::uint8_t* const* bits = bitmaps.data();
        std::uint64_t word = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t row = row_in_segment(codes[i]);
            const std::uint64_t bit = bits[codes[i] >> segment_bits][row >> 3] >> (row & 7) & 1;
            word |= bit << i;
        }
        return word;
    }

    // Bits of presence, invalid cells, and 0 for all values that are not present: what a missing cell was
    // translated to must not show.
    void move_states(const RowCode* codes, std::uint32_t first, std::uint32_t count) {
        const std::uint64_t present = gather_bits(present_, codes, count);
        std::memcpy(target_.validity + first / 8, &present, 8);
        if (layout_.any_value) clear_missing(present, out_ + first, count);
        if (layout_.invalid == 0) return;
        for (std::uint64_t rest = gather_bits(invalid_, codes, count); rest != 0; rest &= rest - 1) {
            const auto i = static_cast<std::uint32_t>(__builtin_ctzll(rest));
            const SegmentColumn& column = *sources_.segments[codes[i] >> segment_bits].column;
            put_invalid(first + i,
                        static_cast<std::uint32_t>(invalid_cell(column, row_in_segment(codes[i])).value));
        }
    }

    const std::uint8_t* invalid_bits(const SegmentColumn& column) {
        if (column.invalid.empty()) return none_set.data();
        Bits& bits = *bitmaps_.emplace_back(std::make_unique<Bits>(none_set));
        for (const InvalidCell& cell : column.invalid)
            bits[cell.row >> 3] = static_cast<std::uint8_t>(bits[cell.row >> 3] | 1 << (cell.row & 7));
        return bits.data();
    }

    const ColumnSources& sources_;
    const ColumnLayout& layout_;
    Target target_;
    To* out_;
    std::vector<const From*> values_;
    std::vector<const std::uint32_t*> translations_;
    std::vector<const std::uint8_t*> present_, invalid_;
    std::vector<std::unique_ptr<Bits>> bitmaps_;
};

}  // namespace

ColumnLayout plan_column(const ColumnOrigin& origin, dataset::FieldType type, std::uint32_t texts) {
    ColumnLayout layout;
    layout.storage = least_storage(type);
    for (const Segment* segment : origin.segments) {
        const SegmentColumn& column = segment->columns[origin.field];
        layout.all_present = layout.all_present && !column.validity;
        layout.invalid += column.invalid.size();
        layout.any_value = layout.any_value || column.storage != Storage::none;
        if (width_of(column.storage) > width_of(layout.storage)) layout.storage = column.storage;
    }
    if (!is_text(type)) return layout;
    layout.positions = std::make_unique<DictionaryPositions>();
    layout.dictionary = layout.positions->collect(origin.segments, origin.field, texts);
    layout.storage = layout.dictionary.size() <= 256     ? Storage::code8
                     : layout.dictionary.size() <= 65536 ? Storage::code16
                                                         : Storage::code32;
    return layout;
}

void write_column(const ColumnOrigin& origin, const ColumnLayout& layout, image::Column& column,
                  ImageArena& arena) {
    ColumnSources sources = column_sources(origin.segments, origin.field);
    for (ColumnSource& source : sources.segments) {
        const bool coded = source.column->texts != nullptr && source.column->storage != Storage::none;
        if (coded) source.translation = layout.positions->of_codes(source.column->texts);
    }
    const Target target{arena.at<std::uint8_t>(column.validity), arena.at<std::uint32_t>(column.invalid_rows),
                        arena.at<std::uint32_t>(column.invalid_texts)};
    with_width(width_of(layout.storage), [&](auto to) {
        auto* out = arena.at<decltype(to)>(column.values);
        if (layout.any_value) {
            supply_pages(out, column.values.count);
            std::fill(reinterpret_cast<char*>(out + origin.rows.rows),
                      reinterpret_cast<char*>(out) + column.values.count, '\0');
        }
        with_width(sources.width, [&](auto from) {
            ColumnMover<decltype(from), decltype(to)> mover(sources, layout, target, out);
            mover.run(origin.rows);
            // A table that borrows the column may have some of its rows only.
            column.invalid_rows.count = column.invalid_texts.count =
                static_cast<std::uint64_t>(mover.end_of_invalid() - target.invalid_rows);
        });
    });
    std::copy(layout.dictionary.begin(), layout.dictionary.end(), arena.at<std::uint32_t>(column.dictionary));
}

}  // namespace caseaudit::casebook
