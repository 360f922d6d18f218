#include "extract/chunk_reader.h"

namespace caseaudit::extract {
namespace {

// Follows one row that is too long or never ends, to say where it went wrong.
class RowTrace {
  public:
    explicit RowTrace(char separator) : scanner_(separator) {}
    // True at the row's end.
    bool take(char byte, char following) {
        const auto step = scanner_.take(byte, following);
        lines_ += byte == '\n' || (byte == '\r' && following != '\n');
        if (step == StrictScanner::Step::separator) {
            ++cell_;
            cell_line_ = lines_;
        }
        return step == StrictScanner::Step::row_end;
    }
    bool in_quotes() const { return scanner_.in_quotes(); }
    std::uint64_t lines() const { return lines_; }          // line breaks so far
    std::uint64_t cell_line() const { return cell_line_; }  // those before the current cell
    std::uint32_t cell() const { return cell_; }            // from 1

  private:
    StrictScanner scanner_;
    std::uint64_t lines_ = 0;
    std::uint64_t cell_line_ = 0;
    std::uint32_t cell_ = 1;
};

class ChunkReader {
  public:
    ChunkReader(const ChunkPlan& plan, const ChunkLimits& limits, Window& window, Workspace& workspace)
        : plan_(plan), limits_(limits), window_(window), workspace_(workspace) {}

    Tally run(std::size_t number, BlockConsumer& consumer) {
        advance(0);
        while (tally_.failure.empty() && window_.length() > 0) {
            const FieldIndex index = index_window();
            if (index.terminators == 0) {
                look_further();
                continue;
            }
            Block block;
            const std::size_t consumed =
                build_block(plan_.format, index, window_.text(), bounds(), tally_, block);
            if (block.rows > 0) consumer.consume(number, block);
            advance(consumed);
        }
        return std::move(tally_);
    }

  private:
    void advance(std::size_t keep_from) {
        const Diagnostics errors = window_.advance(keep_from);
        if (!errors.empty()) tally_.failure = errors.front().message;
    }

    CellBounds bounds() const { return {workspace_.starts.get(), workspace_.ends.get()}; }

    FieldIndex index_window() {
        std::size_t length = window_.length();
        // A carriage return at the end may be the half of CR LF: leave it for the next window.
        if (!window_.complete() && window_.text()[length - 1] == '\r') --length;
        if (plan_.format.strict)
            return index_fields_strictly(window_.text(), length, plan_.format.separator, bounds());
        return index_fields(window_.text(), length, plan_.format.separator, plan_.lone_returns, bounds());
    }

    // No row ends in the window.
    void look_further() {
        if (window_.complete() || window_.capacity() >= limits_.row) {
            pass_over_row();
        } else {
            window_.grow(limits_.row);
            advance(0);
        }
    }

    void pass_over_row() {
        RowTrace trace(plan_.format.separator);
        std::uint64_t passed = 0;
        std::uint32_t cell = 1;  // where the limit was passed
        for (;;) {
            const char* text = window_.text();
            const std::size_t ready = window_.complete() ? window_.length() : window_.length() - 1;
            for (std::size_t i = 0; i < ready; ++i) {
                if (++passed <= limits_.row) cell = trace.cell();
                if (!trace.take(text[i], text[i + 1])) continue;
                tally_.reject(too_long(), cell, trace.lines());
                return advance(i + 1);
            }
            if (window_.complete()) break;
            advance(ready);
            if (!tally_.failure.empty()) return;
        }
        reject_unclosed(trace);
        advance(window_.length());
    }

    std::string too_long() const {
        return "row is longer than " + size_text(limits_.row) + ", the most that is read";
    }

    // The text ends with a line break, so only an open quote can have kept the row from ending.
    void reject_unclosed(const RowTrace& trace) {
        const std::uint64_t swallowed = trace.lines() - trace.cell_line();
        ++tally_.rows;
        tally_.rejected.push_back({.line = tally_.lines + trace.cell_line() + 1,
                                   .row = tally_.rows,
                                   .column = trace.cell(),
                                   .reason = "the quote that opens cell " + std::to_string(trace.cell()) +
                                             " is never closed: the row runs to the end of the file, over " +
                                             std::to_string(swallowed) +
                                             (swallowed == 1 ? " line" : " lines")});
        tally_.lines += trace.lines();
    }

    const ChunkPlan& plan_;
    const ChunkLimits& limits_;
    Window& window_;
    Workspace& workspace_;
    Tally tally_;
};

}  // namespace

Tally read_chunk(const ByteSource& bytes, Encoding encoding, const ChunkPlan& plan, const ChunkLimits& limits,
                 Workspace& workspace, std::size_t number, BlockConsumer& consumer) {
    Window window(bytes, encoding, plan.begin, plan.end, limits.window, workspace);
    return ChunkReader(plan, limits, window, workspace).run(number, consumer);
}

}  // namespace caseaudit::extract
