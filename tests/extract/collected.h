// All that a reader tells of one file, in a form that tests compare.
#pragma once
#include <iterator>
#include <mutex>

#include "extract/csv.h"
#include "memory_files.h"

namespace caseaudit::extract::testing {

using Cells = std::vector<std::string>;

class Collector final : public BlockConsumer {
  public:
    void chunks(std::size_t count) override { rows_.resize(count); }
    void consume(std::size_t chunk, const Block& block) override {
        for (std::uint32_t row = 0; row < block.rows; ++row) {
            Cells cells;
            for (std::uint32_t column = 0; column < block.columns; ++column)
                cells.emplace_back(block.cell(row, column));
            rows_.at(chunk).push_back(std::move(cells));
        }
    }
    std::size_t chunk_count() const { return rows_.size(); }
    std::vector<Cells> all() const {
        std::vector<Cells> result;
        for (const auto& chunk : rows_) result.insert(result.end(), chunk.begin(), chunk.end());
        return result;
    }

  private:
    std::vector<std::vector<Cells>> rows_;
};

struct Collected {
    std::string error;  // why the file could not be opened; "" if it could
    Cells columns;
    std::string encoding;
    char separator = 0;
    std::vector<std::string> notes;  // codes
    std::vector<Cells> rows;
    std::size_t chunks = 0;
    ReadReport report;
};

inline Collected collect(OpenedSource source) {
    Collected result;
    if (!source) {
        result.error = source.errors().front().message;
        return result;
    }
    Collector collector;
    result.report = (*source)->read(collector);
    result.columns = (*source)->columns;
    result.encoding = (*source)->encoding;
    result.separator = (*source)->separator;
    for (const Diagnostic& note : (*source)->notes) result.notes.push_back(note.code);
    result.rows = collector.all();
    result.chunks = collector.chunk_count();
    return result;
}

inline Collected collect(const MemoryFiles& files, CsvOptions options = {}) {
    options.files = &files;
    return collect(open_csv("x.csv", "x.csv", options));
}

inline Collected collect(const std::string& content, const CsvOptions& options = {}) {
    return collect(MemoryFiles(content), options);
}

// One line for each thing the reader told, in the order of the file.
inline std::string listing(const Collected& result) {
    if (!result.error.empty()) return "error: " + result.error + "\n";
    const auto bracketed = [](const Cells& cells) {
        std::string text;
        for (const std::string& cell : cells) {
            text += " [";
            for (const char c : cell) text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
            text += "]";
        }
        return text + "\n";
    };
    std::string text = result.encoding + ", separator " +
                       (result.separator == '\t' ? "tab" : std::string(1, result.separator)) + "\n";
    for (const std::string& note : result.notes) text += "note " + note + "\n";
    text += "columns" + bracketed(result.columns);
    for (std::size_t i = 0; i < result.rows.size(); ++i)
        text += fmt::format("row {} line {}:", result.report.lines.row(i), result.report.lines.line(i)) +
                bracketed(result.rows[i]);
    if (result.report.blank > 0) text += fmt::format("passed over {} blank\n", result.report.blank);
    for (const Rejected& rejected : result.report.rejected)
        text += fmt::format("rejected row {} line {} column {}: {}\n", rejected.row, rejected.line,
                            rejected.column, rejected.reason);
    return text;
}

}  // namespace caseaudit::extract::testing
