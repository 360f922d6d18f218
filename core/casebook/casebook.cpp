#include "casebook/casebook.h"

#include <fmt/format.h>

#include <algorithm>

#include "casebook/date_cell.h"
#include "casebook/image_format.h"
#include "casebook/number_cell.h"
#include "casebook/parts.h"
#include "casebook/postcode.h"
#include "casebook/short_text.h"

namespace caseaudit::casebook {

Casebook::Casebook(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

std::uint32_t Casebook::cases() const {
    return parts_->header->cases;
}
std::uint32_t Casebook::texts() const {
    return parts_->header->texts;
}
std::span<const std::byte> Casebook::image() const {
    return parts_->image;
}
const dataset::Dataset& Casebook::dataset() const {
    return parts_->dataset;
}
std::string_view Casebook::case_key(std::uint32_t index) const {
    return text(case_text(index));
}
std::uint64_t Casebook::contents(std::uint32_t index) const {
    return case_known(index) ? 0 : parts_->unknown_contents[index - parts_->header->known_cases];
}

std::uint32_t Casebook::case_text(std::uint32_t index) const {
    return parts_->case_texts[index];
}

std::span<const std::uint32_t> Casebook::known_case_texts() const {
    return {parts_->case_texts.data(), parts_->header->known_cases};
}

bool Casebook::case_known(std::uint32_t index) const {
    return index < parts_->header->known_cases;
}

std::uint64_t Casebook::place(std::uint32_t index) const {
    if (case_known(index)) return std::uint64_t{case_text(index)} << 1;
    return std::uint64_t{parts_->unknown_places[index - parts_->header->known_cases]} << 1 | 1;
}

std::uint64_t Casebook::least_place(std::uint32_t begin, std::uint32_t end) const {
    std::uint64_t least = UINT64_MAX;
    const std::uint32_t known = std::min(end, parts_->header->known_cases);
    if (begin < known) {
        const auto texts = known_case_texts().subspan(begin, known - begin);
        least = std::uint64_t{*std::min_element(texts.begin(), texts.end())} << 1;
    }
    for (std::uint32_t index = std::max(begin, known); index < end; ++index)
        least = std::min(least, place(index));
    return least;
}

std::string_view Casebook::text(std::uint32_t id) const {
    const std::uint32_t from = parts_->text_offsets[id], to = parts_->text_offsets[id + 1];
    return {parts_->text_bytes.data() + from, to - from};
}

void Casebook::fetch_texts(std::span<const std::int32_t> ids) const {
    const std::uint32_t* offsets = parts_->text_offsets.data();
    const char* bytes = parts_->text_bytes.data();
    const std::uint32_t count = texts();
    for (const std::int32_t id : ids)
        if (static_cast<std::uint32_t>(id) < count) __builtin_prefetch(offsets + id);
    for (const std::int32_t id : ids)
        if (static_cast<std::uint32_t>(id) < count) __builtin_prefetch(bytes + offsets[id]);
}

std::int64_t Casebook::find_text(std::string_view sought) const {
    std::uint32_t low = 0, high = texts();
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        (text(middle) < sought ? low : high) = text(middle) < sought ? middle + 1 : middle;
    }
    return low < texts() && text(low) == sought ? std::int64_t{low} : -1;
}

const TableView& Casebook::table(int dataset_table, Which which) const {
    const std::size_t tables = parts_->dataset.tables.size();
    return parts_->tables[static_cast<std::size_t>(dataset_table) + (which == Which::prior ? tables : 0)];
}

Origin Casebook::origin(int dataset_table, Which which, std::uint32_t row) const {
    const Parts::Rows& rows = parts_->rows_of(dataset_table, which);
    const std::uint64_t position = rows.positions.empty() ? row : rows.positions[row];
    auto part = std::upper_bound(rows.parts.begin(), rows.parts.end(), position,
                                 [](std::uint64_t at, const Parts::Part& entry) { return at < entry.first; });
    if (part == rows.parts.begin()) return {};
    --part;
    const std::uint64_t accepted = position - part->first;
    const auto step = std::upper_bound(
        part->steps.begin(), part->steps.end(), accepted,
        [](std::uint64_t at, const extract::LineMap::Step& entry) { return at < entry.accepted; });
    if (step == part->steps.begin()) return {part->file, accepted + 1, accepted + 1};
    const extract::LineMap::Step& from = *(step - 1);
    return {part->file, from.row + (accepted - from.accepted), from.line + (accepted - from.accepted)};
}

std::span<const std::uint32_t> Casebook::made_of(int dataset_table, Which which, std::uint32_t row,
                                                 Which source) const {
    const Parts::Rows& rows = parts_->rows_of(dataset_table, which);
    const auto from = static_cast<std::size_t>(source);
    if (rows.made_starts[from].empty()) return {};
    const std::uint32_t start = rows.made_starts[from][row], end = rows.made_starts[from][row + 1];
    return rows.made_rows[from].subspan(start, end - start);
}

namespace {

// The value as a number: dictionary positions and days included.
std::int64_t number_at(const ColumnView& column, std::uint32_t row) {
    switch (column.storage) {
        case Storage::none:
            return 0;
        case Storage::code8:
        case Storage::boolean8:
            return static_cast<const std::uint8_t*>(column.values)[row];
        case Storage::code16:
        case Storage::date16:
            return static_cast<const std::uint16_t*>(column.values)[row];
        case Storage::code32:
            return static_cast<const std::uint32_t*>(column.values)[row];
        case Storage::int8:
            return static_cast<const std::int8_t*>(column.values)[row];
        case Storage::int16:
            return static_cast<const std::int16_t*>(column.values)[row];
        case Storage::int32:
        case Storage::date32:
        case Storage::postcode32:
            return static_cast<const std::int32_t*>(column.values)[row];
        case Storage::int64:
            return static_cast<const std::int64_t*>(column.values)[row];
        case Storage::float64:
            return static_cast<std::int64_t>(static_cast<const double*>(column.values)[row]);
    }
    return 0;
}

// The text id of a cell that is not missing; -1 where it is no text.
std::int64_t text_at(const ColumnView& column, CellState state, std::uint32_t row) {
    if (state == CellState::invalid) {
        const auto at = std::lower_bound(column.invalid_rows.begin(), column.invalid_rows.end(), row);
        return column.invalid_texts[static_cast<std::size_t>(at - column.invalid_rows.begin())];
    }
    const bool coded = column.storage == Storage::code8 || column.storage == Storage::code16 ||
                       column.storage == Storage::code32;
    return coded ? std::int64_t{column.dictionary[static_cast<std::size_t>(number_at(column, row))]} : -1;
}

// The first row whose value is not below `sought`, among rows sorted by this column: present ones first.
std::int64_t first_row_with(const ColumnView& column, std::uint32_t rows, std::int64_t sought) {
    std::uint32_t low = 0, high = rows;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        const bool below = column.holds(middle) && number_at(column, middle) < sought;
        (below ? low : high) = below ? middle + 1 : middle;
    }
    return low < rows && column.holds(low) && number_at(column, low) == sought ? std::int64_t{low} : -1;
}

}  // namespace

CellState Casebook::state(int dataset_table, Which which, int field, std::uint32_t row) const {
    const TableView& view = table(dataset_table, which);
    const ColumnView& column = view.columns[static_cast<std::size_t>(field)];
    if (column.is_case_key)
        return case_known(view.case_starts.case_of(row)) ? CellState::present : CellState::missing;
    if (column.storage == Storage::none) return CellState::missing;
    if (column.holds(row)) return CellState::present;
    const bool invalid = std::binary_search(column.invalid_rows.begin(), column.invalid_rows.end(), row);
    return invalid ? CellState::invalid : CellState::missing;
}

std::string Casebook::cell(int dataset_table, Which which, int field, std::uint32_t row) const {
    const CellState cell_state = state(dataset_table, which, field, row);
    if (cell_state == CellState::missing) return "";
    const TableView& view = table(dataset_table, which);
    const ColumnView& column = view.columns[static_cast<std::size_t>(field)];
    if (column.is_case_key) return std::string(case_key(view.case_starts.case_of(row)));
    if (const std::int64_t id = text_at(column, cell_state, row); id >= 0)
        return std::string(text(static_cast<std::uint32_t>(id)));
    const std::int64_t number = number_at(column, row);
    switch (column.storage) {
        case Storage::float64:
            return fmt::format("{}", static_cast<const double*>(column.values)[row]);
        case Storage::date16:
        case Storage::date32:
            return calendar::to_iso(static_cast<calendar::Day>(number));
        case Storage::boolean8:
            return number != 0 ? "true" : "false";
        case Storage::postcode32:
            return unpack_postcode(static_cast<std::int32_t>(number));
        default:
            return fmt::format("{}", number);
    }
}

std::int64_t Casebook::cell_text(int dataset_table, Which which, int field, std::uint32_t row) const {
    const CellState cell_state = state(dataset_table, which, field, row);
    const ColumnView& column = table(dataset_table, which).columns[static_cast<std::size_t>(field)];
    return cell_state == CellState::missing || column.is_case_key ? -1 : text_at(column, cell_state, row);
}

std::int64_t Casebook::look_up(int dataset_table, std::string_view key) const {
    const dataset::Table& definition = parts_->dataset.tables[static_cast<std::size_t>(dataset_table)];
    const TableView& view = table(dataset_table, Which::current);
    if (!view.present || definition.lookup < 0 || definition.key.field >= 0) return -1;
    const auto field = static_cast<std::size_t>(definition.lookup);
    const ColumnView& column = view.columns[field];
    const std::string_view sought = trim(key);
    if (column.storage == Storage::none || sought.empty()) return -1;
    std::optional<std::int64_t> number;
    switch (definition.fields[field].type) {
        case dataset::FieldType::text:
        case dataset::FieldType::code: {
            const std::int64_t id = find_text(sought);
            const auto at = std::lower_bound(column.dictionary.begin(), column.dictionary.end(), id);
            if (id >= 0 && at != column.dictionary.end() && *at == id)
                number = at - column.dictionary.begin();
            break;
        }
        case dataset::FieldType::date:
            number = DateFormats(definition.fields[field].date_formats).read(sought);
            break;
        case dataset::FieldType::integer:
            number = read_integer(sought);
            break;
        case dataset::FieldType::boolean:
            number = read_boolean(sought);
            break;
        case dataset::FieldType::postcode:
            if (const std::int32_t packed = pack_postcode(sought); packed >= 0) number = packed;
            break;
        case dataset::FieldType::decimal:
            break;  // equality of decimals is no way to look up
    }
    return number ? first_row_with(column, view.rows, *number) : -1;
}

std::int64_t Casebook::look_up_postcode(int dataset_table, std::int32_t postcode) const {
    const dataset::Table& definition = parts_->dataset.tables[static_cast<std::size_t>(dataset_table)];
    if (definition.lookup < 0) return -1;
    const auto field = static_cast<std::size_t>(definition.lookup);
    if (definition.fields[field].type != dataset::FieldType::postcode)
        return look_up(dataset_table, unpack_postcode(postcode));
    const TableView& view = table(dataset_table, Which::current);
    if (!view.present || view.columns[field].storage == Storage::none) return -1;
    return first_row_with(view.columns[field], view.rows, postcode);
}

}  // namespace caseaudit::casebook
