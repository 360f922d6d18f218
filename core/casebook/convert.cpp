#include "casebook/convert.h"

#include "casebook/number_cell.h"
#include "casebook/postcode.h"
#include "casebook/postcode_cell.h"

namespace caseaudit::casebook {

using dataset::FieldType;

namespace {

constexpr std::uint8_t is_present = 0, is_missing = 1, is_invalid = 2;
constexpr std::uint32_t spell_out_from = 8192;  // distinct texts in one thread's dictionary of a column

// A cell of 1 to 8 bytes, none of them a space or below: needs no trimming and is its own word.
bool is_plain_short(std::uint64_t word, std::uint32_t size) {
    return size - 1 < 8 && !any_at_most_space(word | bytes_above(size));
}

// The postcode in a cell without space at either end, or with one before the last three characters.
std::int32_t plain_postcode(const char* text, std::uint32_t size) {
    if (size < 5 || size > 8) return -1;
    std::uint32_t outward, inward;
    std::memcpy(&inward, text + size - 4, 4);
    std::memcpy(&outward, text, 4);
    const std::uint32_t outward_size = size - 3 - ((inward & 255) == ' ' ? 1 : 0);
    if (outward_size < 2 || outward_size > 4) return -1;
    outward &= ~std::uint32_t{0} >> (32 - outward_size * 8);
    return pack_postcode_parts(outward, inward >> 8);
}

}  // namespace

ColumnPlan::ColumnPlan(const dataset::Field& field, const dataset::Dataset& dataset)
    : type(field.type), formats(field.date_formats) {
    if (type != FieldType::code || field.code_list < 0) return;
    has_list = true;
    for (const dataset::Code& code : dataset.code_lists[static_cast<std::size_t>(field.code_list)].codes) {
        listed.insert(code.value);
    }
    if (dataset.ignore_code_case)
        other_case = ListedCodes(dataset.code_lists[static_cast<std::size_t>(field.code_list)]);
}

void ColumnConverter::convert(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    rows_seen_ += cells.count;
    switch (plan_.type) {
        case FieldType::text:
        case FieldType::code:
            if (plan_.has_list) return convert_codes<true>(cells, out, first);
            if (!spelled_ && dictionary_.size() > spell_out_from && dictionary_.size() > rows_seen_ / 2) {
                spelled_ = true;
                dictionary_.drop_tables();
            }
            if (!spelled_) return convert_codes<false>(cells, out, first);
            if (out.texts != nullptr) out.spell_out(first);
            return convert_spelled(cells, out, first);
        case FieldType::date:
            return convert_dates(cells, out, first);
        case FieldType::postcode:
            return convert_postcodes(cells, out, first);
        case FieldType::integer:
            return convert_integers(cells, out, first);
        case FieldType::decimal:
            return convert_others<double>(cells, out, first, Storage::float64, read_decimal);
        case FieldType::boolean:
            return convert_others<std::uint8_t>(cells, out, first, Storage::boolean8, read_boolean);
    }
}

// Notes which rows are not present; true when there are values to keep.
bool ColumnConverter::finish_states(SegmentColumn& out, std::uint32_t first, const States& states,
                                    std::uint32_t count) {
    std::uint32_t present = 0;
    for (std::uint32_t i = 0; i < count; ++i) present += states[i] == is_present;
    if (present < count) out.append_states(first, states.data(), count);
    return present > 0;
}

void ColumnConverter::keep_invalid(SegmentColumn& out, std::uint32_t row, std::string_view trimmed) {
    out.invalid.push_back({row, texts_.intern(text_key(trimmed))});
}

std::uint32_t ColumnConverter::add_code(std::string_view text) {
    const std::uint32_t code = dictionary_.add(text, texts_);
    if (plan_.has_list && code == dictionary_.listed.size()) {
        bool is_listed = plan_.listed.contains(text);
        if (!is_listed) {
            // Kept as it is spelled; the code itself must be among the texts to be judged by.
            const std::string_view as_listed = plan_.other_case.find(text);
            is_listed = !as_listed.empty();
            if (is_listed) texts_.intern(text_key(as_listed));
        }
        dictionary_.listed.push_back(is_listed ? 1 : 0);
    }
    return code;
}

std::uint32_t ColumnConverter::slow_code(std::string_view cell, std::uint8_t& state) {
    const std::string_view text = trim(cell);
    state = text.empty() ? is_missing : is_present;
    return text.empty() ? 0 : add_code(text);
}

template <bool listed>
void ColumnConverter::convert_codes(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    std::array<std::uint32_t, run_rows> codes;
    States states;
    std::uint32_t invalid = 0;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view cell = cells.cell(i);
        const std::uint64_t word = load_eight(cell.data());
        const auto size = static_cast<std::uint32_t>(cell.size());
        states[i] = is_present;
        codes[i] = no_text;
        if (is_plain_short(word, size)) {
            codes[i] = dictionary_.find_short(low_bytes(word, size));
            if (codes[i] == no_text) codes[i] = add_code(cell);
        } else {
            codes[i] = slow_code(cell, states[i]);
        }
        if constexpr (listed) {
            if (states[i] == is_present && dictionary_.listed[codes[i]] == 0) {
                states[i] = is_invalid;
                ++invalid;
            }
        }
    }
    const bool any = finish_states(out, first, states, cells.count) || invalid > 0;
    if (any) out.append_codes(first, {codes.data(), cells.count});
    for (std::uint32_t i = 0; invalid > 0; ++i) {
        if (states[i] != is_invalid) continue;
        out.invalid.push_back({first + i, dictionary_.ids[codes[i]]});
        --invalid;
    }
}

void ColumnConverter::convert_spelled(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    std::array<std::uint32_t, run_rows> ids{}, found;
    std::array<TextKey, run_rows> keys;
    States states;
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view cell = trim(cells.cell(i));
        states[i] = cell.empty() ? is_missing : is_present;
        if (!cell.empty()) keys[count++] = text_key(cell);
    }
    texts_.intern({keys.data(), count}, found.data());
    for (std::uint32_t i = 0, next = 0; i < cells.count; ++i) {
        if (states[i] == is_present) ids[i] = found[next++];
    }
    if (finish_states(out, first, states, cells.count)) {
        out.append_values(first, Storage::code32, ids.data(), cells.count);
    }
}

void ColumnConverter::convert_dates(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    std::array<calendar::Day, run_rows> days;
    States states;
    std::uint32_t others = 0;
    const bool fast = plan_.formats.day_first();
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view cell = cells.cell(i);
        calendar::Day day = 0;
        const bool good = fast & (cell.size() == 10) & read_day_month_year(cell.data(), day);
        days[i] = good ? day : 0;
        states[i] = good ? is_present : cell.empty() ? is_missing : is_invalid;
        others += states[i] == is_invalid;
    }
    for (std::uint32_t i = 0; others > 0; ++i) {
        if (states[i] != is_invalid) continue;
        --others;
        const std::string_view text = trim(cells.cell(i));
        const auto day = plan_.formats.read(text);
        states[i] = text.empty() ? is_missing : day ? is_present : is_invalid;
        if (day) days[i] = *day;
        if (states[i] == is_invalid) keep_invalid(out, first + i, text);
    }
    if (finish_states(out, first, states, cells.count)) {
        out.append_values(first, Storage::date32, days.data(), cells.count);
    }
}

void ColumnConverter::convert_postcodes(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    std::array<std::int32_t, run_rows> postcodes;
    States states;
    std::uint32_t others = 0;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view cell = cells.cell(i);
        const std::int32_t packed = plain_postcode(cell.data(), static_cast<std::uint32_t>(cell.size()));
        postcodes[i] = packed < 0 ? 0 : packed;
        states[i] = packed >= 0 ? is_present : cell.empty() ? is_missing : is_invalid;
        others += states[i] == is_invalid;
    }
    for (std::uint32_t i = 0; others > 0; ++i) {
        if (states[i] != is_invalid) continue;
        --others;
        const std::string_view text = trim(cells.cell(i));
        const std::int32_t packed = pack_postcode(text);
        states[i] = text.empty() ? is_missing : packed >= 0 ? is_present : is_invalid;
        if (packed >= 0) postcodes[i] = packed;
        if (states[i] == is_invalid) keep_invalid(out, first + i, text);
    }
    if (finish_states(out, first, states, cells.count)) {
        out.append_values(first, Storage::postcode32, postcodes.data(), cells.count);
    }
}

void ColumnConverter::convert_integers(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    std::array<std::int64_t, run_rows> numbers;
    States states;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view cell = cells.cell(i);
        states[i] = is_present;
        numbers[i] = 0;
        if (read_digits(cell.data(), cell.size(), numbers[i])) continue;
        const std::string_view text = trim(cell);
        const auto number = text.empty() ? std::nullopt : read_integer(text);
        states[i] = text.empty() ? is_missing : number ? is_present : is_invalid;
        numbers[i] = number.value_or(0);
        if (states[i] == is_invalid) keep_invalid(out, first + i, text);
    }
    if (finish_states(out, first, states, cells.count))
        out.append_numbers(first, {numbers.data(), cells.count});
}

template <class T, class Read>
void ColumnConverter::convert_others(const CellRun& cells, SegmentColumn& out, std::uint32_t first,
                                     Storage storage, Read read) {
    std::array<T, run_rows> values;
    States states;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view text = trim(cells.cell(i));
        const auto value = text.empty() ? std::nullopt : read(text);
        states[i] = text.empty() ? is_missing : value ? is_present : is_invalid;
        values[i] = static_cast<T>(value.value_or(0));
        if (states[i] == is_invalid) keep_invalid(out, first + i, text);
    }
    if (finish_states(out, first, states, cells.count)) {
        out.append_values(first, storage, values.data(), cells.count);
    }
}

void KeyConverter::convert(const CellRun& cells, std::uint32_t* out) {
    std::array<TextKey, run_rows> keys;  // those that the trail does not have
    std::array<std::uint32_t, run_rows> found, wanted;
    constexpr std::uint32_t nothing = no_text;
    std::uint32_t count = 0;
    std::uint32_t current = last_id_, current_wanted = nothing;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        const std::string_view cell = cells.cell(i);
        const std::uint64_t word = load_eight(cell.data());
        const auto size = static_cast<std::uint32_t>(cell.size());
        if (is_plain_short(word, size)) {
            const std::uint64_t low = low_bytes(word, size);
            if (low != last_word_) {
                last_word_ = low;
                current = trail_.find(low);
                current_wanted = current == no_text ? count : nothing;
                if (current == no_text) keys[count++] = {low, cell.data(), size, true};
            }
            out[i] = current;
            wanted[i] = current_wanted;
            continue;
        }
        const std::string_view text = trim(cell);
        out[i] = no_text;
        wanted[i] = text.empty() ? nothing : count;
        if (!text.empty()) keys[count++] = text_key(text);
    }
    if (count > 0) {
        keys_.intern({keys.data(), count}, found.data());
        for (std::uint32_t i = 0; i < count; ++i) {
            if (keys[i].is_short) trail_.met(keys[i].word, found[i]);
        }
        for (std::uint32_t i = 0; i < cells.count; ++i) {
            if (wanted[i] != nothing) out[i] = found[wanted[i]];
        }
    }
    last_id_ = current_wanted == nothing ? current : found[current_wanted];
}

}  // namespace caseaudit::casebook
