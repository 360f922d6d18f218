#include "expression/column_load.h"

#include "expression/states.h"

namespace caseaudit::expression {
namespace {

using casebook::Storage;

template <class T, class Narrow>
void widen(const void* values, std::uint32_t first, std::uint32_t count, T* __restrict out) {
    const Narrow* __restrict narrow = static_cast<const Narrow*>(values) + first;
    for (std::uint32_t i = 0; i < count; ++i) out[i] = static_cast<T>(narrow[i]);
}

template <class T, class Narrow>
void decode(const casebook::ColumnView& column, std::uint32_t first, std::uint32_t count, T* __restrict out) {
    const Narrow* __restrict positions = static_cast<const Narrow*>(column.values) + first;
    const std::uint32_t* __restrict ids =
        column.listed.empty() ? column.dictionary.data() : column.listed.data();
    // Cells without a value may hold any position, also when the dictionary is empty.
    const std::size_t size = column.dictionary.size();
    for (std::uint32_t i = 0; i < count; ++i)
        out[i] = positions[i] < size ? static_cast<T>(ids[positions[i]]) : missing_value<T>();
}

// Of eight values those whose bit is set; which ones these are cannot be guessed, save that it may be all.
template <class T>
void keep_present(std::uint8_t bits, T* values) {
    if (bits == 0xFF) return;
    for (unsigned i = 0; i < 8; ++i) {
        const T choice[2] = {missing_value<T>(), values[i]};
        values[i] = choice[bits >> i & 1];
    }
}

}  // namespace

Kind kind_of(dataset::FieldType type) {
    switch (type) {
        case dataset::FieldType::date:
            return Kind::date;
        case dataset::FieldType::integer:
            return Kind::integer;
        case dataset::FieldType::decimal:
            return Kind::decimal;
        case dataset::FieldType::boolean:
            return Kind::boolean;
        case dataset::FieldType::postcode:
            return Kind::postcode;
        default:
            return Kind::text;
    }
}

ColumnSource::ColumnSource(const casebook::Casebook& casebook, TableRef table, int field)
    : casebook_(casebook), table_(table) {
    const auto type = casebook.dataset()
                          .tables[static_cast<std::size_t>(table.table)]
                          .fields[static_cast<std::size_t>(field)]
                          .type;
    kind_ = kind_of(type);
    is_code_ = type == dataset::FieldType::code;
    const casebook::TableView& view = casebook.table(table.table, table.which);
    if (static_cast<std::size_t>(field) < view.columns.size())
        column_ = view.columns[static_cast<std::size_t>(field)];
}

void ColumnSource::load(std::uint32_t first, std::uint32_t count, void* out) const {
    if (count == 0) return;
    if (column_.is_case_key && column_.storage == Storage::none)
        return load_case_key(first, count, static_cast<std::int32_t*>(out));
    switch (width(kind_)) {
        case 1:
            return load_values(first, count, static_cast<std::int8_t*>(out));
        case 4:
            return load_values(first, count, static_cast<std::int32_t*>(out));
        default:
            if (kind_ == Kind::decimal) return load_values(first, count, static_cast<double*>(out));
            return load_values(first, count, static_cast<std::int64_t*>(out));
    }
}

void ColumnSource::load_case_key(std::uint32_t first, std::uint32_t count, std::int32_t* out) const {
    const casebook::CaseStarts& starts = casebook_.table(table_.table, table_.which).case_starts;
    std::uint32_t of_case = starts.case_of(first);
    std::uint32_t end = starts[of_case + 1];
    for (std::uint32_t i = 0; i < count; ++i) {
        while (end <= first + i) end += starts.rows(++of_case);
        out[i] = casebook_.case_known(of_case) ? static_cast<std::int32_t>(casebook_.case_text(of_case))
                                               : missing32;
    }
}

void ColumnSource::load_invalid_texts(std::uint32_t first, std::uint32_t count, std::int32_t* out) const {
    std::fill_n(out, count, missing32);
    const auto& rows = column_.invalid_rows;
    for (auto at = std::lower_bound(rows.begin(), rows.end(), first); at != rows.end() && *at < first + count;
         ++at)
        out[*at - first] =
            static_cast<std::int32_t>(column_.invalid_texts[static_cast<std::size_t>(at - rows.begin())]);
}

template <class T>
void ColumnSource::load_values(std::uint32_t first, std::uint32_t count, T* out) const {
    const void* values = column_.values;
    switch (column_.storage) {
        case Storage::none:
            std::fill_n(out, count, missing_value<T>());
            return;
        case Storage::code8:
            decode<T, std::uint8_t>(column_, first, count, out);
            break;
        case Storage::code16:
            decode<T, std::uint16_t>(column_, first, count, out);
            break;
        case Storage::code32:
            decode<T, std::uint32_t>(column_, first, count, out);
            break;
        case Storage::boolean8:
        case Storage::int8:
            widen<T, std::int8_t>(values, first, count, out);
            break;
        case Storage::int16:
            widen<T, std::int16_t>(values, first, count, out);
            break;
        case Storage::date16:
            widen<T, std::uint16_t>(values, first, count, out);
            break;
        case Storage::date32:
        case Storage::postcode32:
        case Storage::int32:
            widen<T, std::int32_t>(values, first, count, out);
            break;
        case Storage::int64:
            widen<T, std::int64_t>(values, first, count, out);
            break;
        case Storage::float64:
            widen<T, double>(values, first, count, out);
            break;
    }
    mark_states(first, count, out);
}

template <class T>
void ColumnSource::mark_states(std::uint32_t first, std::uint32_t count, T* out) const {
    if (const std::uint8_t* validity = column_.validity)
        for (std::uint32_t i = 0; i < count;) {
            const std::uint32_t row = first + i;
            if ((row & 7) == 0 && i + 8 <= count) {
                keep_present(validity[row >> 3], out + i);
                i += 8;
            } else {
                if (!(validity[row >> 3] >> (row & 7) & 1)) out[i] = missing_value<T>();
                ++i;
            }
        }
    const auto& invalid = column_.invalid_rows;
    for (auto at = std::lower_bound(invalid.begin(), invalid.end(), first);
         at != invalid.end() && *at < first + count; ++at) {
        T value = invalid_value<T>();
        // A code off its list is compared by its text.
        if (is_code_)
            value = static_cast<T>(column_.invalid_texts[static_cast<std::size_t>(at - invalid.begin())]);
        out[*at - first] = value;
    }
}

}  // namespace caseaudit::expression
