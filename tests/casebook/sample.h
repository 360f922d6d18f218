// A small dataset that has every type and every way to a case, and rows for it.
#pragma once
#include <string>
#include <vector>

#include "casebook/load.h"

namespace sample {

using namespace caseaudit;
using casebook::CellState;
using casebook::MemoryTable;
using casebook::Which;
using Rows = std::vector<std::vector<std::string>>;

// Tables, by number.
enum Table { episodes, types, visits, notes, staff, postcodes, periods, periods_both };

dataset::Dataset make_dataset();

// Columns of each table, all of them.
std::vector<std::string> columns(const dataset::Dataset& dataset, int table);

// One column of the table of types, a row per cell.
casebook::LoadedExtract load_cells(const dataset::Dataset& dataset, const std::string& field,
                                   const std::vector<std::string>& cells);

// The cases in the order of their places.
std::vector<std::uint32_t> by_place(const casebook::Casebook& book);

// "present:<cell>", "missing:" or "invalid:<cell>".
std::string describe(const casebook::Casebook& book, int table, Which which, int field, std::uint32_t row);

}  // namespace sample
