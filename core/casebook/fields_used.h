// Which fields of an extract somebody is going to look at. What nobody looks at need not be converted,
// ordered or kept: of most extracts that is a good part.
#pragma once
#include <cstdint>
#include <vector>

#include "casebook/casebook.h"
#include "dataset/dataset.h"

namespace caseaudit::casebook {

enum class Use : std::uint8_t {
    none,
    shown,  // to be read, but what is found does not depend on it: the order of rows does not either
    judged
};

class FieldsUsed {
  public:
    // What the casebook itself needs: keys and links, order, look-up fields.
    explicit FieldsUsed(const dataset::Dataset& dataset);
    static FieldsUsed all(const dataset::Dataset& dataset);

    // `field` -1: only that the table is there. A derived table's fields are followed to their source.
    void add(int table, Which which, int field, Use use = Use::judged);
    void add_all(int table, Which which);

    Use of(int table, Which which, int field) const {
        return uses_[at(table, which)].fields[static_cast<std::size_t>(field)];
    }
    // Whether anything of the table is used: otherwise its rows are counted and no more, and a derived table
    // is not made.
    bool table(int table, Which which) const { return uses_[at(table, which)].any; }

  private:
    struct OfTable {
        std::vector<Use> fields;
        bool any = false;
    };
    static std::size_t at(int table, Which which) {
        return static_cast<std::size_t>(table) * 2 + (which == Which::prior ? 1 : 0);
    }
    void raise(int table, Which which, int field, Use use);
    void add_source(const dataset::Table& derived, Which which, int field, Use use);
    void need_itself(int table, Which which);
    const dataset::Dataset* dataset_;  // outlives this
    std::vector<OfTable> uses_;
};

}  // namespace caseaudit::casebook
