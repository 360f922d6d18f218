#include "casebook/image_writer.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "casebook/column_writer.h"

namespace caseaudit::casebook {
namespace {

class TableWriter {
  public:
    TableWriter(OrderedTable& ordered, const dataset::Table& definition, ImageArena& arena,
                const image::Header& header)
        : ordered_(ordered),
          table_(*ordered.table),
          definition_(definition),
          arena_(arena),
          header_(header) {}

    std::uint32_t rows() const { return table_.rows; }

    // How wide the columns are and what is in their dictionaries.
    void plan() {
        const std::size_t count = definition_.fields.size();
        layouts_.resize(count);
        origins_.resize(count);
        for (std::size_t i = 0; i < count; ++i) origins_[i] = origin_of(i);
        tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
            if (stored(i)) layouts_[i] = plan_column(origins_[i], definition_.fields[i].type, header_.texts);
        });
    }

    void place(image::Table& entry) {
        entry_ = &entry;
        entry.present = 1;
        entry.rows = table_.rows;
        place_case_starts(entry);
        if (!ordered_.order.identity) entry.positions = arena_.allocate<std::uint32_t>(table_.rows);
        place_columns(entry);
        place_parts(entry);
        place_made_of(entry);
    }

    void fill() {
        auto* columns = arena_.at<image::Column>(entry_->columns);
        const std::size_t count = layouts_.size();
        tbb::parallel_for(std::size_t{0}, count + 1, [&](std::size_t i) {
            if (i == count) return fill_positions();
            if (!stored(i)) return;
            write_column(origins_[i], layouts_[i], columns[i], arena_);
        });
    }

    // The rows as they were collected. Not before the tables that borrow columns of them are filled.
    void drop() { ordered_ = {}; }

  private:
    void place_columns(image::Table& entry) {
        const std::size_t count = definition_.fields.size();
        entry.columns = arena_.allocate<image::Column>(count);
        auto* columns = arena_.at<image::Column>(entry.columns);
        for (std::size_t i = 0; i < count; ++i) place_column(columns[i], layouts_[i], static_cast<int>(i));
    }

    void place_case_starts(image::Table& entry) {
        const StartsPlace& place = ordered_.case_starts;
        if (place.wide.empty()) {
            entry.case_starts = place.offsets;
            entry.case_rows = place.counts;
        } else {
            entry.case_starts = arena_.store(std::span<const std::uint32_t>(place.wide));
        }
    }

    bool stored(std::size_t field) const {
        return table_.provided[field] != 0 && static_cast<int>(field) != table_.plan().key_field;
    }

    ColumnOrigin origin_of(std::size_t field) const {
        for (const BorrowedColumn& column : ordered_.borrowed) {
            if (column.field == field) {
                return {column.segments, column.source_field, {column.rows->data(), table_.rows, {}}};
            }
        }
        ColumnOrigin origin{{}, field, ordered_.order.list(table_.rows)};
        for (const auto& segment : table_.segments) origin.segments.push_back(segment.get());
        return origin;
    }

    void place_column(image::Column& column, const ColumnLayout& layout, int field) {
        column.is_case_key =
            field == table_.plan().key_field && table_.provided[static_cast<std::size_t>(field)] != 0;
        column.storage = static_cast<std::uint8_t>(layout.storage);
        if (layout.storage == Storage::none) return;
        // Rounded up to whole words, so that readers may load eight bytes at a time.
        const std::uint64_t bytes = table_.rows * width_of(layout.storage);
        column.values = arena_.allocate<char>((bytes + 7) / 8 * 8);
        if (!layout.all_present) column.validity = arena_.allocate<std::uint8_t>((table_.rows + 63) / 64 * 8);
        column.invalid_rows = arena_.allocate<std::uint32_t>(layout.invalid);
        column.invalid_texts = arena_.allocate<std::uint32_t>(layout.invalid);
        column.dictionary = arena_.allocate<std::uint32_t>(layout.dictionary.size());
    }

    void place_parts(image::Table& entry) {
        std::vector<image::Part> parts;
        for (const FilePart& part : table_.parts) {
            parts.push_back({arena_.store(part.file), part.first,
                             arena_.store(std::span<const extract::LineMap::Step>(part.lines.steps))});
        }
        entry.parts = arena_.store(std::span<const image::Part>(parts));
    }

    void place_made_of(image::Table& entry) {
        for (unsigned which = 0; which < 2; ++which) {
            entry.made_starts[which] =
                arena_.store(std::span<const std::uint32_t>(ordered_.made_of[which].starts));
            entry.made_rows[which] =
                arena_.store(std::span<const std::uint32_t>(ordered_.made_of[which].rows));
        }
    }

    void fill_positions() {
        if (entry_->positions.count == 0) return;
        auto* out = arena_.at<std::uint32_t>(entry_->positions);
        supply_pages(out, table_.rows * sizeof(std::uint32_t));
        for_each_row(table_, ordered_.order, [&](RowCode row) { *out++ = table_.position(row); });
    }

    OrderedTable& ordered_;
    TableLoad& table_;
    const dataset::Table& definition_;
    ImageArena& arena_;
    const image::Header& header_;
    image::Table* entry_ = nullptr;
    std::vector<ColumnLayout> layouts_;
    std::vector<ColumnOrigin> origins_;
};

}  // namespace

void write_tables(std::vector<OrderedTable>& tables, const dataset::Dataset& dataset, ImageArena& arena,
                  image::Header& header) {
    const std::size_t count = dataset.tables.size();
    header.tables = arena.allocate<image::Table>(count * 2);
    // Small tables are written at one time, so that no thread waits at the end of each; large ones one by
    // one, so that the rows of no two are in memory twice.
    constexpr std::uint32_t rows_together = 1 << 17;
    for (auto next = tables.rbegin(); next != tables.rend();) {
        std::vector<TableWriter> group;
        std::vector<image::Table*> entries;
        for (std::uint32_t rows = 0; next != tables.rend() && rows < rows_together; ++next) {
            const auto number = static_cast<std::size_t>(next->table->table());
            const std::size_t slot = number + (next->table->which() == Which::prior ? count : 0);
            group.emplace_back(*next, dataset.tables[number], arena, header);
            entries.push_back(arena.at<image::Table>(header.tables) + slot);
            rows += group.back().rows();
        }
        tbb::parallel_for(std::size_t{0}, group.size(), [&](std::size_t i) { group[i].plan(); });
        for (std::size_t i = 0; i < group.size(); ++i) group[i].place(*entries[i]);
        tbb::parallel_for(std::size_t{0}, group.size(), [&](std::size_t i) { group[i].fill(); });
        tbb::parallel_for(std::size_t{0}, group.size(), [&](std::size_t i) { group[i].drop(); });
    }
}

}  // namespace caseaudit::casebook
