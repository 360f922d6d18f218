// Takes the rows of one table's files and converts them, many chunks at once.
#pragma once
#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "casebook/convert.h"
#include "casebook/fields_used.h"
#include "casebook/load.h"
#include "casebook/segment.h"
#include "extract/reader.h"

namespace caseaudit::casebook {

// How all files of a dataset table are read.
struct TablePlan {
    TablePlan(const dataset::Dataset& dataset, int table);
    int table;
    int key_field;  // whose text is the case key; -1: none, or found through another table
    bool keyed;     // rows come with their case key: in key_field, or beside the fields of a derived table
    std::vector<ColumnPlan> columns;
};

// What all tables are collected into.
struct Interners {
    Interner keys, texts;
    tbb::enumerable_thread_specific<KeyTrail> trails;  // each of one thread, for all its tables
};

// One thread's converters for one table.
struct ThreadConverters {
    ThreadConverters(const TablePlan& plan, Interners& interners);
    std::deque<ColumnConverter> columns;
    KeyConverter key;
    SegmentMemory memory, case_memory;  // of the segments that the thread fills, and of their cases
};

// A run of rows of a table that come from one file.
struct FilePart {
    std::string file;
    extract::LineMap lines;
    std::uint64_t first = 0;  // position in the table of its first row
};

// The rows of a table of one extract: first collected, later in segments.
class TableLoad {
  public:
    TableLoad(const TablePlan& plan, Which which, Interners& interners);
    // Joins the files' segments, in the order the files were added.
    void settle();
    // Of the columns that the files have, keeps those that are used. Before anything is read.
    void keep(const FieldsUsed& used);

    // Rows of one file.
    class FileLoad : public extract::BlockConsumer {
      public:
        FileLoad(TableLoad& table, std::vector<int> column_of, int key_column)
            : table_(table), columns_(column_of), column_of_(std::move(column_of)), key_column_(key_column) {}
        void chunks(std::size_t count) override { chunks_ = std::vector<Chunk>(count); }
        void consume(std::size_t chunk, const extract::Block& block) override;
        FilePart part;

      private:
        friend class TableLoad;
        struct alignas(64) Chunk {
            std::vector<std::unique_ptr<Segment>> segments;
            const ThreadConverters* last = nullptr;  // who filled the last segment
        };
        Segment& segment_for(Chunk& chunk, ThreadConverters& converters, std::uint32_t likely_rows) const;
        void note_keyless(const extract::Block& block, std::uint32_t from, std::uint32_t count,
                          Segment& segment) const;
        static void reserve_cases(Segment& segment, std::uint32_t rows, ThreadConverters& converters);
        void convert(const extract::Block& block, std::uint32_t from, std::uint32_t count, Segment& segment,
                     ThreadConverters& converters) const;
        TableLoad& table_;
        const std::vector<int> columns_;  // of each field
        std::vector<int> column_of_;      // of each field that is kept
        int key_column_;
        std::vector<Chunk> chunks_;
    };
    // `column_of` gives the file's column of each field, `key_column` that of the case key; -1: none.
    FileLoad& add_file(std::vector<int> column_of, int key_column);

    int table() const { return plan_.table; }
    Which which() const { return which_; }
    const TablePlan& plan() const { return plan_; }

    SegmentMemory memory;       // of segments that are not read but made
    SegmentMemory case_memory;  // of cases that are found through another table
    std::vector<std::unique_ptr<Segment>> segments;
    std::vector<std::uint32_t> segment_starts;  // position of each segment's first row, and of the end
    std::vector<FilePart> parts;
    std::uint32_t rows = 0;
    std::vector<std::uint8_t> provided;  // by field: 1 when a file has the column, and it is used
    std::vector<std::uint8_t> judged;    // by field: 1 when what is found may depend on it
    // Nobody asks any more of which case a segment's rows are.
    void drop_cases();
    std::uint32_t position(RowCode row) const {
        return segment_starts[row >> segment_bits] + (row & (segment_rows - 1));
    }
    // Dictionaries whose codes the segments use; see CodeTexts.
    std::vector<CodeTexts*> dictionaries();

  private:
    const TablePlan& plan_;
    Which which_;
    Interners& interners_;
    tbb::enumerable_thread_specific<std::unique_ptr<ThreadConverters>> converters_;
    std::deque<FileLoad> files_;
};

}  // namespace caseaudit::casebook
