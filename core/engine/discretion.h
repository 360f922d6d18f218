// What may be shown of an extract's texts where identifiers are not shown. Columns that are to hold
// identifiers are the dataset's to name; this is about identifiers that stand elsewhere, as they do in a row
// with a cell too few or too many.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casebook/casebook.h"
#include "expression/identifiers.h"

namespace caseaudit::engine {

// What stands in place of a child's identifier where identifiers are not shown.
inline constexpr std::string_view withheld_text = "(withheld)";

// A text gives a child away when it is the key of a case of the extract, of 4 characters or more and with a
// figure; holds a postcode or a pupil number; or holds a full date where none is meant to be. A text that
// could be read in a column of texts is not held against the keys where more than one in ten of the
// column's values is one, for then its own numbers are of their kind.
//
// Shared by threads; the casebook outlives it. What it needs to know of the extract it finds out, once, when
// it is first asked.
class Discretion {
  public:
    explicit Discretion(const casebook::Casebook& casebook);
    ~Discretion();

    // Whether a cell that cannot be read gives a child away, in any column of the row: then its cells stand
    // under headings that are not theirs, and none of them is known to be what its column says.
    bool is_misplaced(int table, casebook::Which which, std::uint32_t row) const;
    // A cell as it may be shown; "" where it is blank. Of a misplaced row only codes and conditions are.
    std::string cell(int table, casebook::Which which, int field, std::uint32_t row) const;
    // Whether a text that an expression gives may be shown. `id` is of the casebook or greater, for a text
    // that was made; `of` is the field that it stands in, if it is of one.
    bool may_show(std::int64_t id, std::string_view text,
                  const std::optional<expression::ShownField>& of) const;
    // The same of a text that was made of some others: days in it are meant.
    bool may_show(std::string_view text) const;

  private:
    struct Keys;
    struct MisplacedRows;
    const Keys& keys() const;
    bool is_key(std::int64_t text_id) const;
    bool holds_keys(int table, casebook::Which which, int field) const;
    bool gives_away(std::uint32_t text_id, dataset::FieldType meant) const;
    void find_misplaced(int table, casebook::Which which, MisplacedRows& found) const;

    const casebook::Casebook& casebook_;
    std::unique_ptr<Keys> keys_;
    std::unique_ptr<MisplacedRows[]> misplaced_;  // of each table, this extract's and the prior one's
};

}  // namespace caseaudit::engine
