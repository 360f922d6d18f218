// All records of an extract, grouped by case, in one contiguous, relocatable, read-only image: no pointers
// in it, only offsets, so that another process can map it. Columns have Arrow's layout. Rows of a table are
// sorted by case, within it by the table's order (missing and invalid last), then by the other fields that
// are judged by, so that neither the order of rows in a file nor the number of threads shows in what a case
// holds. Cases are numbered as the files list them, those that stand for a row of a file last; place() tells
// an order that does not depend on files. Fields that nobody looks at may be left out: see fields_used.h.
// Immutable; safe to share between threads.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/civil.h"
#include "casebook/case_starts.h"
#include "dataset/dataset.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::casebook {

enum class Which : std::uint8_t { current, prior };  // this extract, or the one before it

// How a column's values are laid out. Text and code columns hold positions in their dictionary, which
// maps them to text ids of the casebook's one pool of distinct strings. Text ids order as the texts do,
// bytewise, and so do positions. Values of missing and invalid rows are 0, except that an invalid cell of a
// code column (text that is not on the list) has the position of its text.
enum class Storage : std::uint8_t {
    none,  // the column is absent from the extract, or is the case key (see Casebook::case_text)
    code8,
    code16,
    code32,  // unsigned, text and code
    int8,
    int16,
    int32,
    int64,       // signed, integer
    float64,     // decimal
    date16,      // days since 1970-01-01 that lie before 2149-06-07
    date32,      // the same, signed
    boolean8,    // 0 or 1
    postcode32,  // see postcode.h
};

struct ColumnView {
    Storage storage = Storage::none;
    bool is_case_key = false;
    const void* values = nullptr;
    const std::uint8_t* validity = nullptr;  // Arrow bitmap, least significant bit first; null: all present
    std::span<const std::uint32_t> invalid_rows;  // ascending; their validity bit is 0
    std::span<const std::uint32_t> dictionary;    // position -> text id; ascending
    // Where case does not count for the dataset's codes: position -> text id of the code as it is listed.
    // Empty when every cell is spelled as its code is.
    std::span<const std::uint32_t> listed;
    std::span<const std::uint32_t> invalid_texts;  // text id of the raw text of each of invalid_rows
    // Whether the row's cell has a value; of a column that has storage.
    bool holds(std::uint32_t row) const {
        return validity == nullptr || (validity[row >> 3] >> (row & 7) & 1) != 0;
    }
    // The day of a row of a column of days.
    calendar::Day day(std::uint32_t row) const {
        return storage == Storage::date16 ? static_cast<const std::uint16_t*>(values)[row]
                                          : static_cast<const calendar::Day*>(values)[row];
    }
    bool present() const { return storage != Storage::none || is_case_key; }
};

struct TableView {
    bool present = false;  // the extract holds this table
    std::uint32_t rows = 0;
    CaseStarts case_starts;               // cases + 1 offsets; empty for tables of no case
    std::span<const ColumnView> columns;  // by dataset field
};

struct Origin {
    std::string_view file;   // as shown to the user; empty for rows of a derived table
    std::uint64_t row = 0;   // data row in the file, from 1
    std::uint64_t line = 0;  // physical line, from 1
};

enum class CellState : std::uint8_t { present, missing, invalid };

class Casebook {
  public:
    std::uint32_t cases() const;
    std::string_view case_key(std::uint32_t index) const;  // for a row without a key "?file:line"
    bool case_known(std::uint32_t index) const;  // false for such rows; "?prior/file:line" of the prior one
    // Of a case that stands for a row whose key is blank: a hash of all that its file says of the row,
    // whatever fields are kept, and another one for each further row of which a file says the same; else 0.
    std::uint64_t contents(std::uint32_t index) const;
    std::uint32_t case_text(std::uint32_t index) const;  // text id of the key
    std::span<const std::uint32_t> known_case_texts() const;
    // Orders cases by key, bytewise; those that stand for a row of the same file by what the row holds. Each
    // has a place of its own.
    std::uint64_t place(std::uint32_t index) const;
    // The least of those of the cases [begin, end); of none UINT64_MAX.
    std::uint64_t least_place(std::uint32_t begin, std::uint32_t end) const;

    const TableView& table(int dataset_table, Which which) const;
    Origin origin(int dataset_table, Which which, std::uint32_t row) const;
    // The rows of the source table that a row of a derived table (a period of care) was made of; ascending.
    std::span<const std::uint32_t> made_of(int dataset_table, std::uint32_t row) const {
        return made_of(dataset_table, Which::current, row, Which::current);
    }
    // The same for either extract's derived table, and for the source rows of one extract.
    std::span<const std::uint32_t> made_of(int dataset_table, Which which, std::uint32_t row,
                                           Which source) const;

    CellState state(int dataset_table, Which which, int field, std::uint32_t row) const;
    // The cell for evidence: dates as yyyy-mm-dd, an invalid cell as its raw text, a missing one as "".
    std::string cell(int dataset_table, Which which, int field, std::uint32_t row) const;

    // The text id of such a cell where it is of text or a code, or is invalid; else -1.
    std::int64_t cell_text(int dataset_table, Which which, int field, std::uint32_t row) const;

    std::uint32_t texts() const;  // distinct strings, ids 0 … texts() - 1
    std::string_view text(std::uint32_t id) const;
    // Asks for the memory of these texts ahead: those that text() is about to be called for in no order.
    // Numbers that are no text's are passed over.
    void fetch_texts(std::span<const std::int32_t> ids) const;
    std::int64_t find_text(std::string_view text) const;  // its id, or -1

    // The first row of a reference table (or any table of no case) whose lookup field has this text,
    // read as a cell of that field is; -1 when none.
    std::int64_t look_up(int dataset_table, std::string_view key) const;
    // The same for a packed postcode (see postcode.h).
    std::int64_t look_up_postcode(int dataset_table, std::int32_t postcode) const;

    std::span<const std::byte> image() const;  // the sealed memory
    const dataset::Dataset& dataset() const;

    // A casebook over an image that lies anywhere, for example in a worker process that maps it. `owner`
    // keeps the memory alive. Fails with "casebook.image" when it is no image of this dataset.
    static Result<Casebook> open(const dataset::Dataset& dataset, std::span<const std::byte> image,
                                 std::shared_ptr<const void> owner);

    struct Parts;  // private to casebook/
    explicit Casebook(std::shared_ptr<const Parts> parts);

  private:
    std::shared_ptr<const Parts> parts_;
};

}  // namespace caseaudit::casebook
