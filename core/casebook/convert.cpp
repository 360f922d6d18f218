#include "casebook/convert.h"

#include "casebook/number_cell.h"
#include "casebook/postcode.h"
#include "casebook/postcode_cell.h"

namespace caseaudit::casebook {

using dataset::FieldType;

namespace {

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
    convert_by_type(cells, out, first);
    if (width_of(out.storage) > width_of(widest_)) widest_ = out.storage;
}

void ColumnConverter::convert_by_type(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    switch (plan_.type) {
        case FieldType::text:
        case FieldType::code:
            if (!spelled_ && !plan_.has_list && hardly_any_twice()) {
                spelled_ = true;
                dictionary_.drop_tables();
            }
            if (!spelled_) return convert_codes(cells, out, first);
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
bool ColumnConverter::finish_states(SegmentColumn& out, std::uint32_t first, States& states,
                                    std::uint32_t count) {
    std::uint32_t present = 0;
    for (std::uint32_t i = 0; i < count; ++i) present += states[i] == is_present;
    if (present < count) out.append_states(first, states.data(), count);
    return present > 0;
}

void ColumnConverter::keep_invalid(SegmentColumn& out, std::uint32_t row, std::string_view trimmed) {
    out.invalid.push_back({row, texts_.intern(text_key(trimmed))});
}

// Where nearly every cell is new (record numbers), that shows early; where half of them are, a large
// dictionary tells that it will not pay.
bool ColumnConverter::hardly_any_twice() const {
    const std::uint32_t distinct = dictionary_.size();
    return (distinct > 1024 && distinct > rows_seen_ / 16 * 15) ||
           (distinct > 8192 && distinct > rows_seen_ / 2);
}

// Texts that the dictionary lacks, though one may come twice among them.
void ColumnConverter::add_codes(std::span<const TextKey> keys, LocalDictionary::Entry* entries) {
    std::array<InternId, run_rows> ids;
    texts_.intern(keys, ids.data());
    const auto judge = [this](std::string_view added) -> std::uint32_t {
        if (!plan_.has_list || plan_.listed.contains(added)) return is_present;
        // Kept as it is spelled; the code itself must be among the texts to be judged by.
        const std::string_view as_listed = plan_.other_case.find(added);
        if (as_listed.empty()) return is_invalid;
        texts_.intern(text_key(as_listed));
        return is_present;
    };
    for (std::size_t i = 0; i < keys.size(); ++i) entries[i] = dictionary_.add(keys[i], ids[i], judge);
}

void ColumnConverter::convert_codes(const CellRun& cells, SegmentColumn& out, std::uint32_t first) {
    PerCell<std::uint64_t> words;
    std::array<std::uint32_t, run_rows> codes;
    States states;
    Others others;
    load_words(cells, words, others);
    std::uint8_t seen = 0;
    std::array<std::uint16_t, run_rows> unknown;
    std::array<TextKey, run_rows> keys;
    std::uint32_t unknowns = 0;
    const auto take = [&](std::uint32_t i, LocalDictionary::Entry entry) {
        codes[i] = entry.code;
        states[i] = static_cast<std::uint8_t>(entry.state);
        seen |= states[i];
    };
    const auto put_off = [&](std::uint32_t i, const TextKey& key) {
        unknown[unknowns] = static_cast<std::uint16_t>(i);
        keys[unknowns++] = key;
    };
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        if (const LocalDictionary::Entry* known = dictionary_.find_short(words[i]))
            take(i, *known);
        else
            put_off(i, short_key(words[i], cells.cell(i)));
    }
    for (std::uint32_t k = 0; k < others.count; ++k) {
        const std::uint32_t i = others.cells[k];
        const std::string_view text = trim(cells.cell(i));
        if (text.empty()) continue;  // taken as missing already
        const TextKey key = text_key(text);
        if (const LocalDictionary::Entry* known = dictionary_.find(key))
            take(i, *known);
        else
            put_off(i, key);
    }
    if (unknowns > 0) {
        std::array<LocalDictionary::Entry, run_rows> added;
        add_codes({keys.data(), unknowns}, added.data());
        for (std::uint32_t k = 0; k < unknowns; ++k) take(unknown[k], added[k]);
    }
    const bool invalid = (seen & is_invalid) != 0;
    if (seen == is_present || finish_states(out, first, states, cells.count) || invalid)
        out.append_codes(first, {codes.data(), cells.count}, dictionary_.size());
    for (std::uint32_t i = 0; invalid && i < cells.count; ++i) {
        if (states[i] == is_invalid) out.invalid.push_back({first + i, dictionary_.ids[codes[i]]});
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
    PerCell<calendar::Day> days;
    States states;
    Others others;
    read_dates(cells, order_, days, states, others);
    // ISO dates are always read; the other order where the dataset says so.
    if (plan_.formats.day_first() && others.count > cells.count / 2)
        order_ = order_ == DateOrder::day_first ? DateOrder::year_first : DateOrder::day_first;
    for (std::uint32_t k = 0; k < others.count; ++k) {
        const std::uint32_t i = others.cells[k];
        const std::string_view text = trim(cells.cell(i));
        const auto day = plan_.formats.read(text);
        states[i] = text.empty() ? is_missing : day ? is_present : is_invalid;
        if (day) days[i] = *day;
        if (states[i] == is_invalid) keep_invalid(out, first + i, text);
    }
    if (finish_states(out, first, states, cells.count)) {
        out.append_days(first, {days.data(), cells.count});
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

// In loops of their own, since it cannot be guessed which rows have the key of the row before: where another
// key begins, the ids of these keys, the rows.
void KeyConverter::convert(const CellRun& cells, std::uint32_t* out) {
    PerCell<std::uint64_t> words;
    Others others;
    load_words(cells, words, others);
    std::array<std::uint16_t, run_rows + 1> begins;  // of the others among the words 0, blank cells too
    std::uint32_t begun = 0;
    std::uint64_t before = last_word_;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        begins[begun] = static_cast<std::uint16_t>(i);
        begun += static_cast<std::uint32_t>(words[i] != before);
        before = words[i];
    }
    std::array<TextKey, run_rows> keys;  // those that the trail does not have
    std::array<std::uint32_t, run_rows> found;
    std::array<std::uint16_t, run_rows> wanted_by;
    std::array<std::uint32_t, run_rows + 1> ids;
    std::uint32_t count = 0;
    ids[0] = last_id_;
    for (std::uint32_t k = 0; k < begun; ++k) {
        const std::uint64_t word = words[begins[k]];
        const std::uint32_t id = word == 0 ? no_text : trail_.find(word);
        ids[k + 1] = id;
        if (id != no_text || word == 0) continue;
        wanted_by[count] = static_cast<std::uint16_t>(k + 1);
        keys[count++] = short_key(word, cells.cell(begins[k]));
    }
    const std::uint32_t short_count = count;
    for (std::uint32_t k = 0; k < others.count; ++k) {
        const std::string_view text = trim(cells.cell(others.cells[k]));
        if (text.empty()) continue;
        wanted_by[count] = others.cells[k];
        keys[count++] = text_key(text);
    }
    if (count > 0) keys_.intern({keys.data(), count}, found.data());
    for (std::uint32_t k = 0; k < count; ++k) {
        if (keys[k].is_short) trail_.met(keys[k].word, found[k]);
        if (k < short_count) ids[wanted_by[k]] = found[k];
    }
    std::uint32_t at = 0;
    before = last_word_;
    for (std::uint32_t i = 0; i < cells.count; ++i) {
        at += static_cast<std::uint32_t>(words[i] != before);
        before = words[i];
        out[i] = ids[at];
    }
    for (std::uint32_t k = short_count; k < count; ++k) out[wanted_by[k]] = found[k];
    last_word_ = before;
    last_id_ = ids[at];
}

}  // namespace caseaudit::casebook
