#include "casebook/heading_row.h"

#include <fmt/format.h>

#include <algorithm>

#include "casebook/bundles.h"
#include "casebook/identifying_text.h"
#include "dataset/headings.h"
#include "extract/first_rows.h"

namespace caseaudit::casebook {
namespace {

bool are_headings(const dataset::Dataset& dataset, const LoadFile& file,
                  const std::vector<std::string>& cells) {
    std::string why;
    const int table = file.is_reference ? file.table : recognise_as(dataset, file, cells, why);
    if (table < 0) return false;
    const auto named = dataset::name_fields(dataset.tables[static_cast<std::size_t>(table)], cells);
    return std::count_if(named.field.begin(), named.field.end(), [](int field) { return field >= 0; }) > 1;
}

}  // namespace

std::string misplaced_headings(const dataset::Dataset& dataset, const LoadFile& file) {
    const auto rows = file.bundle ? file.bundle->parts[file.part].first_rows
                                  : extract::first_rows(platform::system_files(), file.path);
    for (const extract::FirstRow& row : rows)
        if (are_headings(dataset, file, row.cells))
            return fmt::format("its headings are in {} {}: delete the {} above", file.bundle ? "row" : "line",
                               row.line, file.bundle ? "rows" : "lines");
    const auto& first = file.columns();
    if (std::any_of(first.begin(), first.end(), looks_like_value))
        return "its first row holds what looks like values: is the row of headings missing?";
    return {};
}

}  // namespace caseaudit::casebook
