#include "casebook/column_writer.h"

#include <algorithm>
#include <type_traits>

#include "casebook/converted_cell.h"

namespace caseaudit::casebook {
namespace {

bool is_text(const dataset::Field& field) {
    return field.type == dataset::FieldType::text || field.type == dataset::FieldType::code;
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

constexpr std::uint64_t no_values[segment_rows] = {};  // of a segment in which no cell has a value

// One segment's column. All segments of a column are brought to one width first.
struct Source {
    const void* values;
    const std::uint32_t* positions;  // by code; null: values are texts or no texts at all
    const std::uint8_t* validity;    // null: all present
    const SegmentColumn* column;
};

std::vector<Source> sources_of(TableLoad& table, std::size_t field, const DictionaryPositions* positions,
                               Storage widest) {
    std::vector<Source> sources;
    for (const auto& segment : table.segments) {
        SegmentColumn& column = segment->columns[field];
        column.widen_to(widest);
        const bool coded = column.texts != nullptr && column.storage != Storage::none;
        sources.push_back({column.storage == Storage::none ? no_values : column.values.as<void>(),
                           coded ? positions->of_codes(column.texts) : nullptr,
                           column.validity ? column.validity.as<std::uint8_t>() : nullptr, &column});
    }
    return sources;
}

// Calls row(source, row in its segment) for every row in order; `each` segment's rows in one go where they
// need not be moved.
template <class Row>
void visit(const TableLoad& table, const RowOrder& order, const std::vector<Source>& sources, Row&& row) {
    if (order.identity) {
        for (std::size_t s = 0; s < sources.size(); ++s) {
            const Source source = sources[s];
            for (std::uint32_t i = 0; i < table.segments[s]->rows; ++i) row(source, i);
        }
        return;
    }
    const RowCode* codes = order.at();
    for (std::uint32_t i = 0; i < table.rows; ++i) {
        row(sources[codes[i] >> segment_bits], codes[i] & (segment_rows - 1));
    }
}

template <class From>
From value_at(const Source& source, std::uint32_t row) {
    return static_cast<const From*>(source.values)[row];
}

// How a source value becomes the image's: as it is, by code, or as a text.
enum class Translation : std::uint8_t { none, code, text, either };

Translation translation_of(const std::vector<Source>& sources, bool text) {
    if (!text) return Translation::none;
    bool codes = false, texts = false;
    for (const Source& source : sources) {
        if (source.column->storage == Storage::none) continue;
        (source.positions != nullptr ? codes : texts) = true;
    }
    return codes && texts ? Translation::either : codes ? Translation::code : Translation::text;
}

template <class From, class To>
void write_as(const TableLoad& table, const RowOrder& order, const std::vector<Source>& sources,
              const ColumnLayout& layout, To* out) {
    static constexpr std::uint32_t no_positions[1] = {0};
    std::vector<Source> usable = sources;
    for (Source& source : usable) {
        if (source.column->storage == Storage::none) source.positions = no_positions;
    }
    switch (translation_of(sources, layout.positions != nullptr)) {
        case Translation::none:
            return visit(table, order, usable, [&](const Source& source, std::uint32_t row) {
                *out++ = static_cast<To>(value_at<From>(source, row));
            });
        case Translation::code:
            return visit(table, order, usable, [&](const Source& source, std::uint32_t row) {
                *out++ =
                    static_cast<To>(source.positions[static_cast<std::size_t>(value_at<From>(source, row))]);
            });
        default:
            return visit(table, order, usable, [&](const Source& source, std::uint32_t row) {
                const auto value = static_cast<std::uint32_t>(value_at<From>(source, row));
                *out++ = static_cast<To>(source.positions != nullptr ? source.positions[value]
                                                                     : layout.positions->of_text(value));
            });
    }
}

template <class To>
void write_values(const TableLoad& table, const RowOrder& order, const std::vector<Source>& sources,
                  const ColumnLayout& layout, std::size_t source_width, To* out) {
    switch (source_width) {
        case 1:
            return write_as<std::uint8_t>(table, order, sources, layout, out);
        case 2:
            return write_as<std::uint16_t>(table, order, sources, layout, out);
        case 4:
            return write_as<std::uint32_t>(table, order, sources, layout, out);
        default:
            return write_as<std::uint64_t>(table, order, sources, layout, out);
    }
}

// Where a column goes in the image.
struct Target {
    std::uint8_t* validity;
    std::uint32_t *invalid_rows, *invalid_texts;
};

// Bits of presence, invalid cells, and 0 for all values that are not present: what a missing cell was
// translated to must not show.
template <class To>
void write_states(const TableLoad& table, const RowOrder& order, const std::vector<Source>& sources,
                  const ColumnLayout& layout, Target target, To* values) {
    std::uint32_t i = 0;
    std::uint64_t word = 0;
    visit(table, order, sources, [&](const Source& source, std::uint32_t row) {
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

ColumnLayout plan_column(const TableLoad& table, std::size_t field, const dataset::Field& definition,
                         std::uint32_t texts) {
    ColumnLayout layout;
    if (table.provided[field] == 0) return layout;
    layout.storage = least_storage(definition.type);
    for (const auto& segment : table.segments) {
        const SegmentColumn& column = segment->columns[field];
        layout.all_present = layout.all_present && !column.validity;
        layout.invalid += column.invalid.size();
        layout.any_value = layout.any_value || column.storage != Storage::none;
        if (width_of(column.storage) > width_of(layout.storage)) layout.storage = column.storage;
    }
    if (!is_text(definition)) return layout;
    layout.positions = std::make_unique<DictionaryPositions>();
    layout.dictionary = layout.positions->collect(table.segments, field, texts);
    layout.storage = layout.dictionary.size() <= 256     ? Storage::code8
                     : layout.dictionary.size() <= 65536 ? Storage::code16
                                                         : Storage::code32;
    return layout;
}

void write_column(TableLoad& table, std::size_t field, const RowOrder& order, const ColumnLayout& layout,
                  const image::Column& column, ImageArena& arena) {
    Storage widest = Storage::none;
    for (const auto& segment : table.segments) {
        const Storage storage = segment->columns[field].storage;
        if (width_of(storage) > width_of(widest)) widest = storage;
    }
    const std::vector<Source> sources = sources_of(table, field, layout.positions.get(), widest);
    const Target target{arena.at<std::uint8_t>(column.validity), arena.at<std::uint32_t>(column.invalid_rows),
                        arena.at<std::uint32_t>(column.invalid_texts)};
    const auto write = [&](auto* out) {
        if (layout.any_value) write_values(table, order, sources, layout, width_of(widest), out);
        if (!layout.all_present) write_states(table, order, sources, layout, target, out);
    };
    switch (width_of(layout.storage)) {
        case 1:
            write(arena.at<std::uint8_t>(column.values));
            break;
        case 2:
            write(arena.at<std::uint16_t>(column.values));
            break;
        case 4:
            write(arena.at<std::uint32_t>(column.values));
            break;
        default:
            write(arena.at<std::uint64_t>(column.values));
            break;
    }
    std::copy(layout.dictionary.begin(), layout.dictionary.end(), arena.at<std::uint32_t>(column.dictionary));
    for (auto& segment : table.segments) segment->columns[field] = SegmentColumn();
}

}  // namespace caseaudit::casebook
