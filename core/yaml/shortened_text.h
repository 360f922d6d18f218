// A text in which what means nothing to YAML is one character long. yaml-cpp spends some 1,400 instructions
// on each character of a plain scalar, and rule files are mostly such: given them shortened it takes a third
// of the time. Private to yaml/.
#pragma once
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::yaml {

// Runs of letters, digits and signs that mean the same wherever they stand (in a plain scalar or a quoted
// one, in a block, in brackets or outside) are each replaced by one character that no text holds. The
// structure that a parser finds is the same, and so are its lines; its scalars and columns are put right by
// restore() and original(). Texts with errors are to be read as they were written: an error's words may hold
// what was replaced.
class ShortenedText {
  public:
    // `text` outlives this and holds no control characters but tabs and breaks.
    explicit ShortenedText(std::string_view text);

    const std::string& text() const { return text_; }
    // Puts back what was replaced. Scalars in the order in which they stand in the text, each once.
    void restore(std::string& scalar);
    // Whether every run has been put back, in a scalar: else the parser took some for other than that.
    bool all_restored() const { return next_ == runs_.size(); }
    // The place in the text as it was written.
    YAML::Mark original(YAML::Mark mark);

  private:
    struct Run {
        std::string_view text;
        int line, column;  // where its character stands, counted from 0 as marks are
        int shift;         // by how much what follows in the line has moved
    };
    void add_line(std::string_view text, int line);

    std::string text_;
    std::vector<Run> runs_;
    std::size_t next_ = 0;    // to be restored
    std::size_t passed_ = 0;  // runs before the last mark
};

}  // namespace caseaudit::yaml
