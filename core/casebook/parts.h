// What a Casebook is inside: views into the image, with real pointers, made when it is opened.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "casebook/casebook.h"
#include "casebook/image_format.h"
#include "extract/reader.h"

namespace caseaudit::casebook {

struct Casebook::Parts {
    struct Part {
        std::string_view file;
        std::uint64_t first;
        std::span<const extract::LineMap::Step> steps;
    };
    struct Rows {
        std::span<const std::uint32_t> positions;
        std::vector<Part> parts;
        std::array<std::span<const std::uint32_t>, 2> made_starts, made_rows;
    };
    const Rows& rows_of(int table, Which which) const {
        return rows[static_cast<std::size_t>(table) + (which == Which::prior ? dataset.tables.size() : 0)];
    }

    dataset::Dataset dataset;
    std::shared_ptr<const void> owner;
    std::span<const std::byte> image;
    const casebook::image::Header* header = nullptr;
    std::span<const std::uint32_t> text_offsets, case_texts, unknown_places;
    std::span<const std::uint64_t> unknown_contents;
    std::span<const char> text_bytes;
    std::vector<TableView> tables;                   // the current extract's, then the prior one's
    std::vector<Rows> rows;                          // of the same
    std::vector<std::vector<ColumnView>> columns;    // of the same
    std::vector<std::vector<std::uint32_t>> listed;  // what columns refer to
};

}  // namespace caseaudit::casebook
