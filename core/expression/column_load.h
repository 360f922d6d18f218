// Columns of the casebook, narrow and with bitmaps, as vectors with states as values. Private to expression/.
#pragma once
#include "casebook/casebook.h"
#include "expression/graph.h"

namespace caseaudit::expression {

class ColumnSource {
  public:
    ColumnSource(const casebook::Casebook& casebook, TableRef table, int field);
    // Values of `count` rows from `first` on, as the kind of the field's type has them (Kind of kind_of).
    void load(std::uint32_t first, std::uint32_t count, void* out) const;
    // Text ids of the cells that are invalid, missing for the others.
    void load_invalid_texts(std::uint32_t first, std::uint32_t count, std::int32_t* out) const;

  private:
    void load_case_key(std::uint32_t first, std::uint32_t count, std::int32_t* out) const;
    template <class T>
    void load_values(std::uint32_t first, std::uint32_t count, T* out) const;
    template <class T>
    void mark_states(std::uint32_t first, std::uint32_t count, T* out) const;

    const casebook::Casebook& casebook_;
    TableRef table_;
    Kind kind_;
    bool is_code_;
    casebook::ColumnView column_;  // of storage none when the extract lacks it
};

Kind kind_of(dataset::FieldType type);

}  // namespace caseaudit::expression
