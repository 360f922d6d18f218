#include "casebook/column_writer.h"

#include <algorithm>

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
            return Storage::date32;
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

template <class From>
std::uint32_t value_at(const ColumnSource& source, std::uint32_t row) {
    return static_cast<std::uint32_t>(static_cast<const From*>(source.values)[row]);
}

template <class From, class To>
void write_as(const ColumnSources& sources, const RowList& rows, const ColumnLayout& layout, To* out) {
    if (!layout.positions) {
        return visit_rows(sources, rows, [&](const ColumnSource& source, std::uint32_t row) {
            *out++ = static_cast<To>(static_cast<const From*>(source.values)[row]);
        });
    }
    if (!sources.texts) {
        return visit_rows(sources, rows, [&](const ColumnSource& source, std::uint32_t row) {
            *out++ = static_cast<To>(source.translation[value_at<From>(source, row)]);
        });
    }
    visit_rows(sources, rows, [&](const ColumnSource& source, std::uint32_t row) {
        const std::uint32_t value = value_at<From>(source, row);
        *out++ = static_cast<To>(source.translation != nullptr ? source.translation[value]
                                                               : layout.positions->of_text(value));
    });
}

// Where a column goes in the image.
struct Target {
    std::uint8_t* validity;
    std::uint32_t *invalid_rows, *invalid_texts;
};

// Bits of presence, invalid cells, and 0 for all values that are not present: what a missing cell was
// translated to must not show.
template <class To>
void write_states(const ColumnSources& sources, const RowList& rows, const ColumnLayout& layout,
                  Target target, To* values) {
    std::uint32_t i = 0;
    std::uint64_t word = 0;
    visit_rows(sources, rows, [&](const ColumnSource& source, std::uint32_t row) {
        const std::uint64_t bit = source.validity == nullptr ? 1 : source.validity[row >> 3] >> (row & 7) & 1;
        values[i] &= static_cast<To>(-bit);
        if (bit == 0 && !source.column->invalid.empty()) {
            if (const ConvertedCell cell = invalid_cell(*source.column, row);
                cell.state == CellState::invalid) {
                const auto text = static_cast<std::uint32_t>(cell.value);
                *target.invalid_rows++ = i;
                *target.invalid_texts++ = text;
                if (layout.positions) values[i] = static_cast<To>(layout.positions->of_text(text));
            }
        }
        word |= bit << (i % 64);
        if (++i % 64 == 0) {
            std::memcpy(target.validity + i / 8 - 8, &word, 8);
            word = 0;
        }
    });
    if (i % 64 != 0) std::memcpy(target.validity + i / 64 * 8, &word, 8);
}

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

void write_column(const ColumnOrigin& origin, const ColumnLayout& layout, const image::Column& column,
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
            expect_writes(out, column.values.count);
            with_width(sources.width,
                       [&](auto from) { write_as<decltype(from)>(sources, origin.rows, layout, out); });
        }
        if (!layout.all_present) write_states(sources, origin.rows, layout, target, out);
    });
    std::copy(layout.dictionary.begin(), layout.dictionary.end(), arena.at<std::uint32_t>(column.dictionary));
}

}  // namespace caseaudit::casebook
