// From raw cells to values, column by column: the inner loops of loading.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "casebook/cell_kernels.h"
#include "casebook/date_cell.h"
#include "casebook/key_trail.h"
#include "casebook/listed_codes.h"
#include "casebook/local_dictionary.h"
#include "casebook/segment.h"
#include "dataset/dataset.h"

namespace caseaudit::casebook {

// What a field's cells are read as. Shared by threads.
struct ColumnPlan {
    ColumnPlan(const dataset::Field& field, const dataset::Dataset& dataset);
    dataset::FieldType type;
    DateFormats formats;
    bool has_list = false;
    std::unordered_set<std::string_view> listed;
    ListedCodes other_case;  // where case does not count
};

// Converts the cells of one column that one thread gets.
class ColumnConverter {
  public:
    ColumnConverter(const ColumnPlan& plan, Interner& texts)
        : plan_(plan),
          texts_(texts),
          coded_(plan.type == dataset::FieldType::text || plan.type == dataset::FieldType::code),
          order_(plan.formats.day_first() ? DateOrder::day_first : DateOrder::year_first) {}
    // Appends the cells to the column, whose row `first` comes next.
    void convert(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    // A fresh column, in memory that outlives it, of so many rows as far as is known.
    SegmentColumn begin(SegmentMemory& memory, std::uint32_t rows) const {
        SegmentColumn column(memory, std::max(rows, rows_seen_), widest_);
        column.texts = coded_ && !spelled_ ? &dictionary_.ids : nullptr;
        return column;
    }
    LocalDictionary& dictionary() { return dictionary_; }

  private:
    void convert_by_type(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    void convert_codes(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    void add_codes(std::span<const TextKey> keys, LocalDictionary::Entry* entries);
    bool hardly_any_twice() const;
    void convert_spelled(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    void convert_dates(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    void convert_postcodes(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    void convert_integers(const CellRun& cells, SegmentColumn& out, std::uint32_t first);
    template <class T, class Read>
    void convert_others(const CellRun& cells, SegmentColumn& out, std::uint32_t first, Storage storage,
                        Read read);
    void keep_invalid(SegmentColumn& out, std::uint32_t row, std::string_view trimmed);
    bool finish_states(SegmentColumn& out, std::uint32_t first, States& states, std::uint32_t count);

    const ColumnPlan& plan_;
    Interner& texts_;
    const bool coded_;  // text or code
    LocalDictionary dictionary_;
    std::uint32_t rows_seen_ = 0;
    Storage widest_ = Storage::none;  // of the columns so far
    DateOrder order_;                 // of the dates so far
    bool spelled_ = false;  // hardly any text comes twice: each is looked up in the interner directly
};

// Case keys: `out` gets the InternId of each, no_text where blank.
class KeyConverter {
  public:
    KeyConverter(Interner& keys, KeyTrail& trail) : keys_(keys), trail_(trail) {}
    void convert(const CellRun& cells, std::uint32_t* out);

  private:
    Interner& keys_;
    KeyTrail& trail_;
    std::uint64_t last_word_ = 0;  // the row before: most tables come child by child
    std::uint32_t last_id_ = no_text;
};

}  // namespace caseaudit::casebook
