#include "casebook/table_load.h"

#include <algorithm>

namespace caseaudit::casebook {

TablePlan::TablePlan(const dataset::Dataset& dataset, int number) : table(number), key_field(-1) {
    const dataset::Table& definition = dataset.tables[static_cast<std::size_t>(number)];
    if (definition.key.through_table < 0) key_field = definition.key.field;
    keyed = key_field >= 0 || definition.runs.has_value();
    for (const dataset::Field& field : definition.fields) columns.emplace_back(field, dataset);
}

ThreadConverters::ThreadConverters(const TablePlan& plan, Interners& interners)
    : key(interners.keys, interners.trails.local()) {
    for (const ColumnPlan& column : plan.columns) columns.emplace_back(column, interners.texts);
}

TableLoad::TableLoad(const TablePlan& plan, Which which, Interners& interners)
    : provided(plan.columns.size(), 0),
      judged(plan.columns.size(), 1),
      plan_(plan),
      which_(which),
      interners_(interners) {}

void TableLoad::keep(const FieldsUsed& used) {
    for (std::size_t field = 0; field < provided.size(); ++field) {
        const Use use = used.of(table(), which_, static_cast<int>(field));
        judged[field] = use == Use::judged ? 1 : 0;
        if (use != Use::none) continue;
        provided[field] = 0;
        for (FileLoad& file : files_) file.column_of_[field] = -1;
    }
}

TableLoad::FileLoad& TableLoad::add_file(std::vector<int> column_of, int key_column) {
    for (std::size_t field = 0; field < column_of.size(); ++field) {
        if (column_of[field] >= 0) provided[field] = 1;
    }
    return files_.emplace_back(*this, std::move(column_of), key_column);
}

Segment& TableLoad::FileLoad::segment_for(Chunk& chunk, ThreadConverters& converters,
                                          std::uint32_t likely_rows) const {
    if (chunk.last == &converters && chunk.segments.back()->rows < segment_rows)
        return *chunk.segments.back();
    auto segment = std::make_unique<Segment>();
    segment->columns.reserve(converters.columns.size());
    for (ColumnConverter& column : converters.columns)
        segment->columns.push_back(column.begin(converters.memory, likely_rows));
    if (table_.plan_.keyed) {
        // What the first block has may be all that there is.
        const std::uint32_t room = converters.case_memory.empty() ? room_for(likely_rows) : segment_rows;
        segment->cases = converters.case_memory.take(room * sizeof(std::uint32_t));
    }
    chunk.last = &converters;
    return *chunk.segments.emplace_back(std::move(segment));
}

void TableLoad::FileLoad::consume(std::size_t number, const extract::Block& block) {
    Chunk& chunk = chunks_[number];
    auto& mine = table_.converters_.local();
    if (!mine) mine = std::make_unique<ThreadConverters>(table_.plan_, table_.interners_);
    for (std::uint32_t from = 0; from < block.rows;) {
        Segment& segment = segment_for(chunk, *mine, block.rows - from);
        const std::uint32_t count = std::min({run_rows, block.rows - from, segment_rows - segment.rows});
        convert(block, from, count, segment, *mine);
        segment.rows += count;
        from += count;
    }
}

void TableLoad::FileLoad::convert(const extract::Block& block, std::uint32_t from, std::uint32_t count,
                                  Segment& segment, ThreadConverters& converters) const {
    const std::size_t start = std::size_t{from} * block.columns;
    const auto run = [&](int column) {
        const std::size_t at = start + static_cast<std::size_t>(column);
        return CellRun{block.text, block.starts + at, block.ends + at, block.columns, count};
    };
    const std::uint32_t first = segment.rows;
    for (std::size_t field = 0; field < column_of_.size(); ++field) {
        const int column = column_of_[field];
        if (static_cast<int>(field) == table_.plan_.key_field) continue;
        if (column < 0) {
            if (table_.provided[field] != 0) segment.columns[field].append_missing(first, count);
        } else {
            converters.columns[field].convert(run(column), segment.columns[field], first);
        }
    }
    if (!table_.plan_.keyed) return;
    reserve_cases(segment, first + count, converters);
    if (key_column_ < 0) {
        std::fill_n(segment.case_of() + first, count, no_text);
    } else {
        converters.key.convert(run(key_column_), segment.case_of() + first);
    }
    note_keyless(block, from, count, segment);
}

void TableLoad::FileLoad::note_keyless(const extract::Block& block, std::uint32_t from, std::uint32_t count,
                                       Segment& segment) const {
    const std::uint32_t* in_case = segment.case_of() + segment.rows;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (in_case[i] != no_text) continue;
        const std::size_t start = std::size_t{from + i} * block.columns;
        std::uint64_t contents = 0;  // whatever the order of the columns
        for (std::size_t field = 0; field < columns_.size(); ++field) {
            if (columns_[field] < 0) continue;
            const std::size_t at = start + static_cast<std::size_t>(columns_[field]);
            const auto cell = trim({block.text + block.starts[at], block.ends[at] - block.starts[at]});
            contents += hash_word(hash_text(cell) + field);
        }
        segment.keyless.push_back({segment.rows + i, contents});
    }
}

void TableLoad::FileLoad::reserve_cases(Segment& segment, std::uint32_t rows, ThreadConverters& converters) {
    if (rows <= segment.cases.bytes() / sizeof(std::uint32_t)) return;
    Room larger = converters.case_memory.take(segment_rows * sizeof(std::uint32_t));
    std::copy_n(segment.case_of(), segment.rows, larger.as<std::uint32_t>());
    segment.cases = larger;
}

void TableLoad::drop_cases() {
    for (const auto& segment : segments) segment->cases = {};
    for (auto& mine : converters_) mine->case_memory = {};
    case_memory = {};
}

void TableLoad::settle() {
    for (FileLoad& file : files_) {
        file.part.first = rows;
        for (auto& chunk : file.chunks_) {
            for (auto& segment : chunk.segments) {
                rows += segment->rows;
                segments.push_back(std::move(segment));
            }
        }
        parts.push_back(std::move(file.part));
    }
    files_.clear();
    segment_starts.clear();
    std::uint32_t start = 0;
    for (const auto& segment : segments) {
        segment_starts.push_back(start);
        start += segment->rows;
    }
    segment_starts.push_back(start);
    rows = start;
    for (auto& mine : converters_) {
        for (ColumnConverter& column : mine->columns) column.dictionary().drop_tables();
    }
}

std::vector<CodeTexts*> TableLoad::dictionaries() {
    std::vector<CodeTexts*> all;
    for (auto& mine : converters_) {
        for (ColumnConverter& column : mine->columns) all.push_back(&column.dictionary().ids);
    }
    return all;
}

}  // namespace caseaudit::casebook
