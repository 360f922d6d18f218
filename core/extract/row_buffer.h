// Collects rows cell by cell and hands them over in blocks, as the one chunk of a file.
#pragma once
#include <string_view>

#include "extract/reader.h"

namespace caseaudit::extract {

class RowBuffer {
  public:
    // Without a consumer rows are counted only.
    RowBuffer(std::size_t columns, BlockConsumer* consumer)
        : columns_(static_cast<std::uint32_t>(columns)), consumer_(consumer) {
        if (consumer_ != nullptr) consumer_->chunks(1);
    }
    // The next cell of the row; each row has one for every column.
    void add(std::string_view cell) {
        if (consumer_ == nullptr) return;
        starts_.push_back(static_cast<std::uint32_t>(text_.size()));
        text_ += cell;
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    }
    // Ends the row, the `row`-th of the file (from 1), which stands on `line`.
    void end_row(std::uint64_t row, std::uint64_t line) {
        lines.add({accepted_, row, line});
        ++accepted_;
        ++rows_;
        if (text_.size() >= most_text || starts_.size() >= most_cells || rows_ == most_rows) flush();
    }
    void flush() {
        if (consumer_ != nullptr && rows_ > 0 && columns_ > 0) {
            text_.append(readable_after, '\0');
            consumer_->consume(0, {text_.data(), starts_.data(), ends_.data(), rows_, columns_});
        }
        text_.clear();
        starts_.clear();
        ends_.clear();
        rows_ = 0;
    }
    std::uint64_t accepted() const { return accepted_; }
    LineMap lines;

  private:
    static constexpr std::size_t most_text = std::size_t{256} << 10;
    static constexpr std::uint32_t most_rows = 4096;
    static constexpr std::size_t most_cells = std::size_t{64} << 10;
    static constexpr std::size_t readable_after = 32;  // see Block
    std::uint32_t columns_, rows_ = 0;
    BlockConsumer* consumer_;
    std::uint64_t accepted_ = 0;
    std::string text_;
    std::vector<std::uint32_t> starts_, ends_;
};

}  // namespace caseaudit::extract
