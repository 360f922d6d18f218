#include "engine/discretion.h"

#include <algorithm>
#include <mutex>

#include "casebook/identifying_text.h"

namespace caseaudit::engine {

using casebook::CellState;
using casebook::holds_full_date;
using casebook::holds_postcode_or_pupil_number;
using casebook::Which;
using dataset::FieldType;

namespace {

constexpr std::size_t shortest_key = 4;

// By its shape alone, which is why most texts need not be looked up among the keys.
bool may_be_key(std::string_view text) {
    return text.size() >= shortest_key && text.find_first_of("0123456789") != std::string_view::npos;
}

std::size_t place(int table, Which which) {
    return static_cast<std::size_t>(table) * 2 + (which == Which::prior ? 1 : 0);
}

}  // namespace

struct Discretion::Keys {
    std::once_flag known;
    std::vector<std::uint64_t> are_keys;                  // a bit for each text of the casebook
    std::vector<std::vector<std::uint8_t>> columns_hold;  // by place() and field: keys, in a column of texts
    bool any_column_holds = false;
};

struct Discretion::MisplacedRows {
    std::once_flag known;
    std::vector<std::uint32_t> rows;  // ascending
};

Discretion::Discretion(const casebook::Casebook& casebook)
    : casebook_(casebook),
      keys_(std::make_unique<Keys>()),
      misplaced_(std::make_unique<MisplacedRows[]>(casebook.dataset().tables.size() * 2)) {}
Discretion::~Discretion() = default;

const Discretion::Keys& Discretion::keys() const {
    std::call_once(keys_->known, [this] {
        Keys& keys = *keys_;
        keys.are_keys.resize(casebook_.texts() / 64 + 1);
        for (const std::uint32_t id : casebook_.known_case_texts())
            keys.are_keys[id / 64] |= std::uint64_t{1} << (id % 64);
        const auto& tables = casebook_.dataset().tables;
        keys.columns_hold.resize(tables.size() * 2);
        for (std::size_t at = 0; at < keys.columns_hold.size(); ++at) {
            const auto& columns =
                casebook_.table(static_cast<int>(at / 2), at % 2 == 0 ? Which::current : Which::prior)
                    .columns;
            for (std::size_t field = 0; field < columns.size(); ++field) {
                const auto dictionary = columns[field].dictionary;
                constexpr std::size_t most = 512;
                const std::size_t looked_at = std::min(dictionary.size(), most);
                std::size_t found = 0;
                for (std::size_t i = 0; i < looked_at; ++i) {
                    const std::uint32_t id = dictionary[i * dictionary.size() / looked_at];
                    found += keys.are_keys[id / 64] >> (id % 64) & 1;
                }
                const bool holds =
                    tables[at / 2].fields[field].type == FieldType::text && found * 10 > looked_at;
                keys.columns_hold[at].push_back(holds ? 1 : 0);
                keys.any_column_holds |= holds;
            }
        }
    });
    return *keys_;
}

bool Discretion::is_key(std::int64_t text_id) const {
    if (text_id < 0 || text_id >= casebook_.texts()) return false;
    const auto id = static_cast<std::uint32_t>(text_id);
    return may_be_key(casebook_.text(id)) && (keys().are_keys[id / 64] >> (id % 64) & 1) != 0;
}

bool Discretion::holds_keys(int table, Which which, int field) const {
    return keys().columns_hold[place(table, which)][static_cast<std::size_t>(field)] != 0;
}

bool Discretion::gives_away(std::uint32_t text_id, FieldType meant) const {
    if (is_key(text_id)) return true;
    const std::string_view text = casebook_.text(text_id);
    return holds_postcode_or_pupil_number(text) || (meant != FieldType::date && holds_full_date(text));
}

void Discretion::find_misplaced(int table, Which which, MisplacedRows& found) const {
    const auto& view = casebook_.table(table, which);
    const auto& fields = casebook_.dataset().tables[static_cast<std::size_t>(table)].fields;
    for (std::size_t field = 0; field < view.columns.size(); ++field) {
        const auto& column = view.columns[field];
        std::int64_t last = -1;  // the text of the cell before, often the next one's too
        bool last_gave_away = false;
        for (std::size_t i = 0; i < column.invalid_rows.size(); ++i) {
            const std::uint32_t text = column.invalid_texts[i];
            if (text != last) last_gave_away = gives_away(text, fields[field].type);
            last = text;
            if (last_gave_away) found.rows.push_back(column.invalid_rows[i]);
        }
    }
    std::sort(found.rows.begin(), found.rows.end());
    found.rows.erase(std::unique(found.rows.begin(), found.rows.end()), found.rows.end());
}

bool Discretion::is_misplaced(int table, Which which, std::uint32_t row) const {
    MisplacedRows& of_table = misplaced_[place(table, which)];
    std::call_once(of_table.known, [&] { find_misplaced(table, which, of_table); });
    return std::binary_search(of_table.rows.begin(), of_table.rows.end(), row);
}

std::string Discretion::cell(int table, Which which, int field, std::uint32_t row) const {
    const CellState state = casebook_.state(table, which, field, row);
    if (state == CellState::missing) return "";
    const FieldType type = casebook_.dataset()
                               .tables[static_cast<std::size_t>(table)]
                               .fields[static_cast<std::size_t>(field)]
                               .type;
    const bool read = state == CellState::present;
    if (read && (type == FieldType::code || type == FieldType::boolean))
        return casebook_.cell(table, which, field, row);
    if (is_misplaced(table, which, row)) return std::string(withheld_text);
    if (!read || type == FieldType::text) {
        const std::int64_t id = casebook_.cell_text(table, which, field, row);
        if (id < 0) return std::string(withheld_text);  // a case key
        const std::string_view text = casebook_.text(static_cast<std::uint32_t>(id));
        return std::string(may_show(id, text, expression::ShownField{table, which, field}) ? text
                                                                                           : withheld_text);
    }
    std::string text = casebook_.cell(table, which, field, row);
    const bool number = type == FieldType::integer || type == FieldType::decimal;
    return number && text.size() >= shortest_key && is_key(casebook_.find_text(text))
               ? std::string(withheld_text)
               : text;
}

bool Discretion::may_show(std::int64_t id, std::string_view text,
                          const std::optional<expression::ShownField>& of) const {
    if (text.size() < shortest_key) return true;
    if (may_be_key(text) && is_key(id < casebook_.texts() ? id : casebook_.find_text(text))) {
        const bool own_numbers = of ? holds_keys(of->table, of->which, of->field) : keys().any_column_holds;
        if (!own_numbers) return false;
    }
    if (holds_postcode_or_pupil_number(text)) return false;
    // An expression that makes a day into words means to show it; one that gives a cell's text does not.
    if (id >= casebook_.texts()) return true;
    const auto& tables = casebook_.dataset().tables;
    const bool of_date =
        of && tables[static_cast<std::size_t>(of->table)].fields[static_cast<std::size_t>(of->field)].type ==
                  FieldType::date;
    return of_date || !holds_full_date(text);
}

bool Discretion::may_show(std::string_view text) const {
    return may_show(casebook_.texts(), text, std::nullopt);
}

}  // namespace caseaudit::engine
