#include "casebook/column_writer.h"

#include <algorithm>
#include <unordered_map>

#include "casebook/converted_cell.h"

namespace caseaudit::casebook {
namespace {

bool is_text(const dataset::Field& field) {
    return field.type == dataset::FieldType::text || field.type == dataset::FieldType::code;
}

// Distinct texts of a column: small dictionaries as they are, texts spelled out as a bitmap.
std::vector<std::uint32_t> distinct_texts(const TableLoad& table, std::size_t field, std::uint32_t texts) {
    std::vector<std::uint32_t> all;
    std::vector<const CodeTexts*> seen;
    std::vector<std::uint64_t> bitmap;
    for (const auto& segment : table.segments) {
        const SegmentColumn& column = segment->columns[field];
        if (column.storage == Storage::none) continue;
        if (column.texts != nullptr) {
            if (std::find(seen.begin(), seen.end(), column.texts) == seen.end()) {
                seen.push_back(column.texts);
                all.insert(all.end(), column.texts->begin(), column.texts->end());
            }
            continue;
        }
        if (bitmap.empty()) bitmap.resize(texts / 64 + 1);
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            if (!column.present(row)) continue;
            const std::uint32_t text = column.values.as<std::uint32_t>()[row];
            bitmap[text / 64] |= std::uint64_t{1} << (text % 64);
        }
    }
    for (std::size_t i = 0; i < bitmap.size(); ++i) {
        for (std::uint64_t word = bitmap[i]; word != 0; word &= word - 1) {
            all.push_back(static_cast<std::uint32_t>(i * 64 + static_cast<unsigned>(__builtin_ctzll(word))));
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

// Position in the dictionary of each text.
class Positions {
  public:
    explicit Positions(const std::vector<std::uint32_t>& dictionary) : dictionary_(dictionary) {}
    std::uint32_t of_text(std::uint32_t text) const {
        return static_cast<std::uint32_t>(std::lower_bound(dictionary_.begin(), dictionary_.end(), text) -
                                          dictionary_.begin());
    }
    const std::vector<std::uint32_t>& of_codes(const CodeTexts& texts) {
        auto& positions = by_code_[&texts];
        if (positions.empty()) {
            for (const std::uint32_t text : texts) positions.push_back(of_text(text));
        }
        return positions;
    }

  private:
    const std::vector<std::uint32_t>& dictionary_;
    std::unordered_map<const CodeTexts*, std::vector<std::uint32_t>> by_code_;
};

// One segment's column, ready to be read in any order.
struct Source {
    const SegmentColumn* column;
    const std::uint32_t* positions;  // by code; null: not a dictionary column
};

template <class To>
To read_value(const Source& source, std::uint32_t row, const Positions& positions, bool text) {
    const SegmentColumn& column = *source.column;
    if (!column.present(row)) {
        // A missing cell is 0 whatever its neighbours' dictionary says; an invalid code keeps its text.
        const ConvertedCell cell = text ? invalid_cell(column, row) : ConvertedCell{};
        if (cell.state == CellState::missing) return 0;
        return static_cast<To>(positions.of_text(static_cast<std::uint32_t>(cell.value)));
    }
    const std::int64_t raw = column.raw(row);
    if (!text) return static_cast<To>(raw);
    if (source.positions != nullptr) return static_cast<To>(source.positions[static_cast<std::size_t>(raw)]);
    return static_cast<To>(positions.of_text(static_cast<std::uint32_t>(raw)));
}

std::vector<Source> sources_of(const TableLoad& table, std::size_t field, Positions& positions) {
    std::vector<Source> sources;
    for (const auto& segment : table.segments) {
        const SegmentColumn& column = segment->columns[field];
        const bool coded = column.texts != nullptr && column.storage != Storage::none;
        sources.push_back({&column, coded ? positions.of_codes(*column.texts).data() : nullptr});
    }
    return sources;
}

template <class To>
void write_values(const TableLoad& table, const RowOrder& order, const std::vector<Source>& sources,
                  const Positions& positions, bool text, To* out) {
    for_each_row(table, order, [&](RowCode code) {
        *out++ = read_value<To>(sources[code >> segment_bits], code & (segment_rows - 1), positions, text);
    });
}

void write_states(const TableLoad& table, std::size_t field, const RowOrder& order, std::uint8_t* validity,
                  std::uint32_t* invalid_rows, std::uint32_t* invalid_texts) {
    std::uint32_t i = 0;
    for_each_row(table, order, [&](RowCode code) {
        const SegmentColumn& column = table.segments[code >> segment_bits]->columns[field];
        const std::uint32_t row = code & (segment_rows - 1);
        if (column.present(row)) {
            validity[i >> 3] = static_cast<std::uint8_t>(validity[i >> 3] | 1u << (i & 7));
        } else if (!column.invalid.empty()) {
            const ConvertedCell cell = invalid_cell(column, row);
            if (cell.state == CellState::invalid) {
                *invalid_rows++ = i;
                *invalid_texts++ = static_cast<std::uint32_t>(cell.value);
            }
        }
        ++i;
    });
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
    layout.dictionary = distinct_texts(table, field, texts);
    layout.storage = layout.dictionary.size() <= 256     ? Storage::code8
                     : layout.dictionary.size() <= 65536 ? Storage::code16
                                                         : Storage::code32;
    return layout;
}

void write_column(TableLoad& table, std::size_t field, const RowOrder& order, const ColumnLayout& layout,
                  const image::Column& column, ImageArena& arena) {
    if (layout.any_value) {
        const bool text = !layout.dictionary.empty();
        Positions positions(layout.dictionary);
        const std::vector<Source> sources = sources_of(table, field, positions);
        const auto write = [&](auto* out) { write_values(table, order, sources, positions, text, out); };
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
        if (text)
            std::copy(layout.dictionary.begin(), layout.dictionary.end(),
                      arena.at<std::uint32_t>(column.dictionary));
    }
    if (!layout.all_present) {
        write_states(table, field, order, arena.at<std::uint8_t>(column.validity),
                     arena.at<std::uint32_t>(column.invalid_rows),
                     arena.at<std::uint32_t>(column.invalid_texts));
    }
    for (auto& segment : table.segments) segment->columns[field] = SegmentColumn();
}

}  // namespace caseaudit::casebook
